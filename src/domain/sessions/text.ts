import type { Message } from "./entry.ts";

/** The text that a person sees in a message: a string, or the text blocks of a list. */
export function messageText(message: Message): string {
  const { content } = message;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  const texts: string[] = [];
  for (const block of content as unknown[]) {
    if (typeof block !== "object" || block === null) continue;
    const { type, text } = block as { type?: unknown; text?: unknown };
    if (type === "text" && typeof text === "string") texts.push(text);
  }
  return texts.join("\n");
}

/** At most `limit` characters; what was cut off is marked. */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 3)}...`;
}

/** On one line, as lists show it. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
