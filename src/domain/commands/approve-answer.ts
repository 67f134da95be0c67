import type { CommandAnswer, CommandContext } from "./context.ts";

const DECISIONS: ReadonlyMap<string, string> = new Map([
  ...["allow", "once", "allow-once", "allowonce"].map((word) => [word, "allow-once"] as const),
  ...["always", "allow-always", "allowalways"].map((word) => [word, "allow-always"] as const),
  ...["deny", "reject", "block"].map((word) => [word, "deny"] as const),
]);

const USAGE = "Usage: /approve <id> <decision> (see the pending approval message for available decisions)";

/** Decides on what waits for a yes. The id and the decision may stand in either order. */
export async function approve({ argument, request, decide }: CommandContext): Promise<CommandAnswer> {
  if (argument.startsWith("@")) return { text: "❌ This /approve command targets a different Telegram bot." };
  const [first = "", second = ""] = argument.split(/\s+/);
  const isSwapped = DECISIONS.has(first.toLowerCase());
  const [id, word] = isSwapped ? [second, first] : [first, second];
  const decision = DECISIONS.get(word.toLowerCase());
  if (id === "" || decision === undefined) return { text: USAGE };
  if (request.mayApprove !== true) {
    return { text: "❌ /approve requires operator.approvals for gateway clients." };
  }
  try {
    await decide(id, decision, `Chat approval (webchat:${request.client.id})`);
    return { text: `✅ Approval ${decision} submitted for ${id}.` };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { text: `❌ Failed to submit approval: ${problem}` };
  }
}
