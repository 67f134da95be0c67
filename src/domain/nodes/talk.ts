import { POLICY } from "../../../schemas/policy.ts";
import type { Publisher } from "../events.ts";

/** What a person said to a node, for an agent. */
export interface NodeQuestion {
  readonly nodeId: string;
  readonly sessionKey: string;
  readonly message: string;
  readonly thinking?: string;
}

export interface NodeTalkOptions {
  readonly events: Publisher;
  /** Begins a turn of an agent. What comes of it shows in the session. */
  readonly ask: (question: NodeQuestion) => Promise<void>;
  /** The whole key for what a node wrote; undefined where it means no session. */
  readonly keyOf: (reference: string) => string | undefined;
  readonly overhear: (
    event: string,
    listener: (payload: unknown) => void,
    isListening: () => boolean,
  ) => void;
}

/** The part of apps that take what people say and show what agents answer. */
export interface NodeTalk {
  /** Takes what a node says; false where that is no talk. Words that cannot be used are passed over. */
  hear(from: { readonly nodeId: string; readonly connId: string }, event: string, payload: unknown): boolean;
  leave(connId: string): void;
}

type Members = Readonly<Record<string, unknown>>;

/** Where a question stands in what a node reports, and where it goes when the node names no session. */
interface Kind {
  readonly text: string;
  readonly fallback: string;
  readonly thinking?: string;
}

/** Who talks does not want to wait for long thoughts. */
const SPOKEN: Kind = { text: "text", fallback: "main", thinking: "low" };

/** Of a chat that a node follows, told to it outside of the numbers. */
const FOLLOWED_EVENTS = ["chat", "agent"];

export function createNodeTalk({ events, ask, keyOf, overhear }: NodeTalkOptions): NodeTalk {
  const followers = new Map<string, Set<string>>();
  const transcripts = new Set<string>();

  for (const event of FOLLOWED_EVENTS) {
    overhear(
      event,
      (payload) => {
        const connIds = followers.get(textOf(payload, "sessionKey") ?? "");
        if (connIds !== undefined) events.publish(event, payload, { connIds, access: "node" });
      },
      () => followers.size > 0,
    );
  }

  function question(nodeId: string, payload: unknown, { text, fallback, ...spoken }: Kind): void {
    const message = textOf(payload, text);
    const sessionKey = keyOf(textOf(payload, "sessionKey") ?? fallback);
    if (message === undefined || sessionKey === undefined) return;
    const thinking = spoken.thinking ?? textOf(payload, "thinking");
    void ask({ nodeId, sessionKey, message, ...(thinking === undefined ? {} : { thinking }) });
  }

  /** A node that is not sure whether it was heard says it again. */
  function isRepeated(nodeId: string, payload: unknown): boolean {
    const eventId = textOf(payload, "eventId");
    if (eventId === undefined) return false;
    const said = `${nodeId} ${eventId}`;
    if (transcripts.has(said)) return true;
    if (transcripts.size >= POLICY.nodeTranscriptsMax) transcripts.delete([...transcripts.keys()][0] ?? "");
    transcripts.add(said);
    return false;
  }

  function follow(payload: unknown, connId: string): void {
    const key = keyOf(textOf(payload, "sessionKey") ?? "");
    if (key === undefined) return;
    const connIds = followers.get(key) ?? new Set();
    if (!followers.has(key) && followers.size >= POLICY.nodeChatsMax) return;
    followers.set(key, connIds.add(connId));
  }

  function unfollow(key: string, connId: string): void {
    const connIds = followers.get(key);
    connIds?.delete(connId);
    if (connIds?.size === 0) followers.delete(key);
  }

  return {
    hear({ nodeId, connId }, event, payload) {
      switch (event) {
        case "agent.request":
          question(nodeId, payload, { text: "message", fallback: `node-${nodeId}` });
          return true;
        case "voice.transcript":
          if (!isRepeated(nodeId, payload)) question(nodeId, payload, SPOKEN);
          return true;
        case "chat.subscribe":
          follow(payload, connId);
          return true;
        case "chat.unsubscribe":
          unfollow(keyOf(textOf(payload, "sessionKey") ?? "") ?? "", connId);
          return true;
        default:
          return false;
      }
    },
    leave(connId) {
      for (const key of [...followers.keys()]) unfollow(key, connId);
    },
  };
}

function textOf(payload: unknown, member: string): string | undefined {
  // Read by one name, and what is there is looked at before it is used.
  const value = typeof payload === "object" && payload !== null ? (payload as Members)[member] : undefined;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
