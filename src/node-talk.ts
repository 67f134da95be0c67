import type { Conversation } from "./conversation.ts";
import type { NodeTalkOptions } from "./domain/nodes/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Log } from "./platform/log.ts";

/** How what is said to a node gets to an agent. */
export function composeNodeTalk(parts: {
  /** Asked late: nodes are there before conversations are. */
  readonly conversation: () => Pick<Conversation, "sessions" | "runs">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}): Pick<NodeTalkOptions, "ask" | "keyOf"> {
  const { conversation, clock, ids, log } = parts;
  return {
    keyOf(reference) {
      if (reference === "") return undefined;
      try {
        return conversation().sessions.keyFor(reference, undefined);
      } catch {
        // Nobody waits for a refusal: the node was told that it was heard.
        return undefined;
      }
    },
    async ask({ nodeId, sessionKey, message, thinking }) {
      const { runs, sessions } = conversation();
      try {
        await sessions.mustBeOpen(sessionKey);
        await runs.start({
          runId: ids.uuid(),
          kind: "agent",
          sessionKey,
          agentId: sessions.agentOf(sessionKey),
          message,
          acceptedAt: clock.now(),
          client: { id: "node-host", mode: "node" },
          isOwner: false,
          // compat(nodes/reports): it is a conversation, and no task that somebody keeps an eye on.
          isUnlisted: true,
          ...(thinking === undefined ? {} : { thinking }),
        });
      } catch (error) {
        log.warn({ err: error, nodeId }, "what was said to a node did not get to an agent");
      }
    },
  };
}
