import type { ToolContext } from "../../../domain/runs/index.ts";
import type { Entry, Sessions } from "../../../domain/sessions/index.ts";

/** The session a model names, which has to be one of its own agent. `current` is the one it speaks in. */
export async function reach(
  sessions: Sessions,
  named: string,
  { agentId, sessionKey }: ToolContext,
): Promise<Entry> {
  if (named === "current") return present(await sessions.get(sessionKey), named);
  const key = sessions.canonicalKey(named, agentId);
  const entry = present(await sessions.get(key), named);
  if (entry.agentId !== agentId) throw new Error(`session ${named} belongs to another agent`);
  return entry;
}

function present(entry: Entry | undefined, named: string): Entry {
  if (entry === undefined) throw new Error(`No session found: ${named}`);
  return entry;
}
