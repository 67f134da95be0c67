import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";

export type SuspensionPhase = "accepting" | "preparing" | "prepared";

export interface Lease {
  readonly suspensionId: string;
  readonly requestId: string;
  readonly expiresAtMs: number;
}

/** Something that is still going on. */
export interface Blocker {
  readonly kind: "chat-run" | "cron-run" | "terminal-session";
  readonly count: number;
  readonly message: string;
}

export type Preparation =
  | { readonly status: "busy"; readonly blockers: readonly Blocker[] }
  | { readonly status: "draining" | "ready"; readonly lease: Lease; readonly blockers: readonly Blocker[] };

/**
 * A pause of the whole gateway, so that the machine under it can be put to sleep or moved: nothing new is begun until
 * whoever asked resumes, or the lease runs out because nobody did.
 */
export interface Suspension {
  readonly phase: SuspensionPhase;
  /** What goes on now and would be cut off. */
  blockers(): readonly Blocker[];
  /** Refuses what would begin something while the gateway is paused. */
  admit(method: string): void;
  /** Takes the lease when nothing goes on, or at once when what goes on may come to its end meanwhile. */
  prepare(requestId: string, mayDrain: boolean, keepsTerminals?: boolean): Preparation;
  /** The lease, while it holds. */
  lease(suspensionId: string): Lease | undefined;
  /** False when there was nothing to resume from. */
  resume(suspensionId: string): boolean;
}

const RETRY_AFTER_MS = 1_000;

export function createSuspension(parts: {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly blockers: () => readonly Blocker[];
  /** Terminals that are open: they would not outlive the process. */
  readonly terminals: () => readonly Blocker[];
}): Suspension {
  const { clock, events } = parts;
  let current: Lease | undefined;

  const tell = (phase: SuspensionPhase): void => events.publish("gateway.suspension", { phase });

  const end = (): void => {
    current = undefined;
    tell("accepting");
  };

  const held = (): Lease | undefined => {
    if (current !== undefined && current.expiresAtMs <= clock.now()) end();
    return current;
  };

  const phase = (): SuspensionPhase => {
    if (held() === undefined) return "accepting";
    return parts.blockers().length > 0 ? "preparing" : "prepared";
  };

  return {
    get phase() {
      return phase();
    },
    blockers: parts.blockers,
    admit(method) {
      const now = phase();
      if (now === "accepting") return;
      throw new ProtocolError("UNAVAILABLE", `${method} unavailable during gateway suspension`, {
        retryAfterMs: RETRY_AFTER_MS,
        details: { reason: "gateway-suspending", method, phase: now },
      });
    },
    prepare(requestId, mayDrain, keepsTerminals = true) {
      const known = held();
      if (known !== undefined && known.requestId !== requestId) {
        const { expiresAtMs } = known;
        throw new ProtocolError("UNAVAILABLE", "another gateway suspension is already prepared", {
          retryAfterMs: expiresAtMs - clock.now(),
          details: { reason: "gateway-suspension-conflict", expiresAtMs },
        });
      }
      const blockers = [...parts.blockers(), ...(keepsTerminals ? parts.terminals() : [])];
      if (known === undefined) tell("preparing");
      if (blockers.length > 0 && !mayDrain) {
        if (known === undefined) tell("accepting");
        return { status: "busy", blockers };
      }
      const lease = {
        suspensionId: known?.suspensionId ?? parts.ids.uuid(),
        requestId,
        expiresAtMs: clock.now() + POLICY.suspensionLeaseMs,
      };
      current = lease;
      clock.after(POLICY.suspensionLeaseMs, held);
      if (blockers.length > 0) return { status: "draining", lease, blockers };
      if (known === undefined) tell("prepared");
      return { status: "ready", lease, blockers };
    },
    lease(suspensionId) {
      const lease = held();
      return lease?.suspensionId === suspensionId ? lease : undefined;
    },
    resume(suspensionId) {
      const known = held();
      if (known === undefined) return false;
      if (known.suspensionId !== suspensionId) {
        throw invalidRequest("gateway suspension id does not match");
      }
      end();
      return true;
    },
  };
}
