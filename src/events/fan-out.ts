import { EVENT_ACCESS } from "../../schemas/event-scopes.ts";
import type { StateVersion } from "../../schemas/frames.ts";
import type { Audience, Publisher } from "../domain/events.ts";
import { EncodedEvent } from "../frames/encode.ts";

/** A connection, as the fan-out sees it. */
export interface Receiver {
  readonly connId: string;
  readonly caps: ReadonlySet<string>;
  readonly topics: ReadonlySet<string>;
  /** Whether its role and scopes open this access. Asked once per access and connection. */
  mayReceive(access: string): boolean;
  /**
   * Sends the event under the connection's next `seq`, unless it is slow and the event may be dropped. What is said
   * to one node alone stands outside the numbers, as on the reference.
   */
  deliver(event: EncodedEvent, isDroppable: boolean, isNumbered: boolean): void;
}

export interface FanOut extends Publisher {
  join(receiver: Receiver): void;
  leave(receiver: Receiver): void;
  /**
   * Tells a part of the gateway itself of each event of this name, whoever else may have it. While it is not listening
   * the event need not be made for it.
   */
  overhear(event: string, listener: (payload: unknown) => void, isListening?: () => boolean): void;
  readonly size: number;
}

/** A part of the gateway that overhears an event. */
interface Listener {
  readonly hear: (payload: unknown) => void;
  readonly isListening: () => boolean;
}

/** Events that carry `stateVersion`. */
const STATE_EVENTS: ReadonlySet<string> = new Set(["presence", "health"]);

/** The access that families nobody listed ask for. */
const ACCESS_OF_UNLISTED = "operator.admin";

/** `stateVersion` is asked for at the moment an event is published. */
export function createFanOut(options: { stateVersion: () => StateVersion }): FanOut {
  const all = new Map<string, Receiver>();
  // One set per access that was ever asked for: an event never looks at a connection that may not have it.
  const byAccess = new Map<string, Set<Receiver>>();
  const listeners = new Map<string, Listener[]>();

  function allowed(access: string): ReadonlySet<Receiver> {
    let set = byAccess.get(access);
    if (set === undefined) {
      set = new Set();
      for (const receiver of all.values()) if (receiver.mayReceive(access)) set.add(receiver);
      byAccess.set(access, set);
    }
    return set;
  }

  return {
    join(receiver) {
      all.set(receiver.connId, receiver);
      for (const [access, set] of byAccess) if (receiver.mayReceive(access)) set.add(receiver);
    },
    leave(receiver) {
      all.delete(receiver.connId);
      for (const set of byAccess.values()) set.delete(receiver);
    },
    overhear(event, hear, isListening = () => true) {
      listeners.set(event, [...(listeners.get(event) ?? []), { hear, isListening }]);
    },
    get size() {
      return all.size;
    },
    isHeard(event, audience = {}) {
      if (listeners.get(event)?.some(({ isListening }) => isListening())) return true;
      const access = audience.access ?? EVENT_ACCESS[event] ?? ACCESS_OF_UNLISTED;
      for (const receiver of allowed(access)) if (isAddressed(receiver, audience)) return true;
      return false;
    },
    publish(event, payload, audience = {}) {
      // A copy for nodes is nothing new to whoever heard the event.
      if (audience.access !== "node") for (const { hear } of listeners.get(event) ?? []) hear(payload);
      const access = audience.access ?? EVENT_ACCESS[event] ?? ACCESS_OF_UNLISTED;
      const receivers = allowed(access);
      let encoded: EncodedEvent | undefined;
      for (const receiver of receivers) {
        if (!isAddressed(receiver, audience)) continue;
        encoded ??= new EncodedEvent(
          event,
          payload,
          STATE_EVENTS.has(event) ? options.stateVersion() : undefined,
        );
        receiver.deliver(encoded, audience.isDroppable === true, access !== "node");
      }
    },
  };
}

function isAddressed(receiver: Receiver, audience: Audience): boolean {
  if (audience.connIds !== undefined && !audience.connIds.has(receiver.connId)) return false;
  if (audience.exceptConnIds?.has(receiver.connId)) return false;
  if (audience.holding !== undefined && !receiver.mayReceive(audience.holding)) return false;
  if (audience.lacking !== undefined && receiver.mayReceive(audience.lacking)) return false;
  if (audience.cap !== undefined && !receiver.caps.has(audience.cap)) return false;
  return audience.topics === undefined || audience.topics.some((topic) => receiver.topics.has(topic));
}
