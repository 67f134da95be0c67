import type { TranscriptRecord } from "../sessions/index.ts";

/** Tools that run commands, which clients show differently. */
const COMMAND_TOOLS: ReadonlySet<string> = new Set(["exec", "process", "bash"]);

/** What the messages of a page did with tools: one line per message that called one or brought a result. */
export function activityOf(records: readonly TranscriptRecord[]) {
  const failed = new Set(
    records.flatMap(({ message }) =>
      message.role === "toolResult" && message["isError"] === true ? [String(message["toolCallId"])] : [],
    ),
  );
  return records.flatMap((record) => {
    const items = callsOf(record).map(({ id, name }) => ({
      itemId: `tool:${id}`,
      toolCallId: id,
      name,
      kind: "tool",
      phase: "end",
      title: name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " "),
      status: failed.has(id) ? "failed" : "completed",
      commandBearing: COMMAND_TOOLS.has(name),
    }));
    return items.length === 0 ? [] : [{ messageId: record.id, items }];
  });
}

function callsOf({ message }: TranscriptRecord): readonly { id: string; name: string }[] {
  if (message.role === "toolResult")
    return [{ id: String(message["toolCallId"]), name: String(message["toolName"]) }];
  if (message.role !== "assistant" || !Array.isArray(message.content)) return [];
  return message.content.flatMap((part: unknown) =>
    typeof part === "object" &&
    part !== null &&
    "type" in part &&
    part.type === "toolCall" &&
    "id" in part &&
    "name" in part
      ? [{ id: String(part.id), name: String(part.name) }]
      : [],
  );
}
