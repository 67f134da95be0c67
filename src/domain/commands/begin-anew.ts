import type { Runs } from "../runs/index.ts";
import type { Sessions } from "../sessions/index.ts";

/** `/new` or `/reset` at the head of a message, and what is said after it. */
const COMMAND = /^\s*\/(new|reset)(?:\s+([\s\S]*))?$/i;

const NOTICES = { new: "✅ New session started.", reset: "✅ Session reset." } as const;

/** How a message that begins the session anew goes on. */
export interface NewBeginning {
  /** What is left to say to the model; nothing is when it is empty. */
  readonly message: string;
  /** The result of a run that has nothing left to say. */
  readonly result: unknown;
}

/** compat(RN37): a run that begins with the command resets its session itself; undefined for any other message. */
export async function beginAnew(
  { runs, sessions }: { readonly runs: Pick<Runs, "abort">; readonly sessions: Sessions },
  sessionKey: string,
  message: string,
): Promise<NewBeginning | undefined> {
  const found = COMMAND.exec(message);
  if (found === null) return undefined;
  const how = found[1]?.toLowerCase() === "new" ? "new" : "reset";
  await runs.abort(sessionKey);
  await sessions.lifecycle.reset(sessionKey, how);
  const sessionId = (await sessions.get(sessionKey))?.sessionId;
  return {
    message: found[2]?.trim() ?? "",
    result: {
      payloads: [{ text: NOTICES[how], isStatusNotice: true }],
      meta: { durationMs: 0, agentMeta: { sessionId } },
    },
  };
}
