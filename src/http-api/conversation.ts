import type { ChatMessage } from "./chat-body.ts";

/** What is said to the agent: the last word, what was said before it, and what stands above both. */
export interface Conversation {
  readonly message: string;
  readonly systemPrompt: string | undefined;
}

const BEFORE = "[Chat messages since your last reply - for context]";
const NOW = "[Current message - respond to this]";

/** Turns a list of messages into one turn; undefined when nobody says anything that could be answered. */
export function conversationOf(messages: readonly ChatMessage[]): Conversation | undefined {
  const system = messages.filter(({ role }) => role === "system" || role === "developer");
  const said = messages.filter(
    ({ role, text }) => ["user", "assistant", "tool", "function"].includes(role) && text.trim() !== "",
  );
  const lastAsked = said.findLastIndex(({ role }) => role !== "assistant");
  const at = lastAsked < 0 ? said.length - 1 : lastAsked;
  const current = said[at];
  if (current === undefined) return undefined;
  const systemPrompt = system
    .map(({ text }) => text.trim())
    .filter((text) => text !== "")
    .join("\n\n");
  return {
    message: withHistory(said.slice(0, at), current),
    systemPrompt: systemPrompt === "" ? undefined : systemPrompt,
  };
}

function withHistory(before: readonly ChatMessage[], current: ChatMessage): string {
  if (before.length === 0) return current.text;
  const lines = before.map((one) => `${speakerOf(one)}: ${one.text}`).join("\n");
  return `${BEFORE}\n${lines}\n\n${NOW}\n${speakerOf(current)}: ${current.text}`;
}

function speakerOf({ role, name }: ChatMessage): string {
  if (role === "assistant") return "Assistant";
  if (role === "user") return name?.trim() || "User";
  return name === undefined ? "Tool" : `Tool:${name}`;
}
