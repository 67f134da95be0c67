import { isRecord, type JsonRecord } from "./record.ts";

/** The settings that people type at the head of a Markdown file, between two lines of dashes. */
export async function parseFrontMatter(content: string): Promise<JsonRecord | undefined> {
  const head = /^---\r?\n(.*?)\r?\n---(\r?\n|$)/s.exec(content)?.[1];
  if (head === undefined) return undefined;
  const { parse } = await import("yaml");
  try {
    const front: unknown = parse(head);
    return isRecord(front) ? front : undefined;
  } catch {
    return undefined;
  }
}
