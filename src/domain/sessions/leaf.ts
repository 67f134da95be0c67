import { createHash } from "node:crypto";
import type { TranscriptRecord } from "./entry.ts";

/**
 * The id of the place where a branch ends, as clients see it.
 *
 * compat(chat/turn): the reference writes a line of its own behind what a run said or was asked, so the place is not
 * the last message there. It is where nobody's run has anything to do with it: an injected text, a reset.
 */
export function leafOf({ id, message }: Pick<TranscriptRecord, "id" | "message">): string {
  const isOfRun = message.role === "assistant" || message.role === "user" || message.role === "toolResult";
  if (!isOfRun || message["model"] === "gateway-injected") return id;
  const hex = createHash("sha256").update(`leaf ${id}`).digest("hex");
  const [a, b, c, d, e] = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(13, 16),
    hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return `${a}-${b}-4${c}-8${d}-${e}`;
}
