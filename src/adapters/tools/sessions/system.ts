import { POLICY } from "../../../../schemas/policy.ts";
import type { Runs, Tool } from "../../../domain/runs/index.ts";
import type { Sessions } from "../../../domain/sessions/index.ts";
import { type Clock, pause } from "../../../platform/clock.ts";
import type { Ids } from "../../../platform/ids.ts";
import { Arguments, answered } from "../arguments.ts";
import { answer } from "./answer.ts";

export interface SystemToolParts {
  readonly sessions: Sessions;
  readonly runs: Runs;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where the configuration is, and where everything else is kept. */
  readonly place: { readonly configPath: string; readonly stateDir: string };
}

const TALK = /^[0-9a-f-]{36}$/;

/**
 * What is to be done to the gateway itself goes to a turn of its own: it knows where the configuration is, and what
 * the conversation that asked is about stays out of it. It is offered to owners, and never to itself.
 */
export function systemTool({ sessions, runs, clock, ids, place }: SystemToolParts): Tool {
  return {
    name: "openclaw",
    description:
      "Has something done to this gateway: its configuration, its models and agents, its state. Say what; the answer says what was done and gives a session to go on with.",
    parameters: {
      type: "object",
      required: ["message"],
      properties: {
        message: { type: "string", description: "What is to be done." },
        sessionId: { type: "string", description: "Goes on with an earlier talk." },
      },
    },
    isCommandBearing: true,
    isInOrder: true,
    describe: (given) => new Arguments(given).text("message")?.slice(0, POLICY.toolTitleCharsMax),
    run: (given, context) =>
      answered("openclaw", async () => {
        const args = new Arguments(given);
        const sessionId = args.text("sessionId") ?? ids.uuid();
        if (!TALK.test(sessionId)) throw new Error("unknown sessionId");
        const sessionKey = `agent:${context.agentId}:openclaw:${sessionId}`;
        await bindTo(sessions, context.sessionKey, sessionKey);
        const runId = ids.uuid();
        const { done } = await runs.start({
          runId,
          kind: "agent",
          isUnlisted: true,
          sessionKey,
          agentId: context.agentId,
          message: args.requiredText("message"),
          acceptedAt: clock.now(),
          client: { id: "gateway", mode: "backend" },
          extraSystemPrompt: briefing(place),
        });
        const isOver = new AbortController();
        const stop = () => void runs.abort(sessionKey, runId);
        context.signal.addEventListener("abort", stop, { once: true });
        const outcome = await Promise.race([done, pause(clock, POLICY.systemTurnMs, isOver.signal)]);
        isOver.abort();
        context.signal.removeEventListener("abort", stop);
        context.signal.throwIfAborted();
        if (outcome === undefined) {
          stop();
          throw new Error("it took too long");
        }
        if (outcome.status !== "ok") throw new Error(outcome.error ?? outcome.status);
        return answer({ sessionId, reply: outcome.text });
      }),
  };
}

/** The talk may do what the session that asks may, now: otherwise one that may only read would have others write. */
async function bindTo(sessions: Sessions, askerKey: string, talkKey: string): Promise<void> {
  const permissionMode = (await sessions.get(askerKey))?.permissionMode;
  if ((await sessions.get(talkKey))?.permissionMode === permissionMode) return;
  const displayName = talkKey.split(":").slice(2).join(":");
  await sessions.ensure(talkKey, { createdVia: "run", isChat: false, displayName });
  await sessions.update(talkKey, () => ({ permissionMode }), null);
}

function briefing({ configPath, stateDir }: SystemToolParts["place"]): string {
  return `You look after the gateway itself. Its configuration is ${configPath} (JSON5, read again by itself when it changes; an invalid file is refused and the last good one stays). Its state is in ${stateDir}; never touch the database there. \`understudy status\`, \`understudy doctor\` and \`understudy config check\` tell how it stands. Change only what you are asked to, keep a copy of a file before you change it, check the result, and say what you did.`;
}
