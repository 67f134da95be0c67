import type { JsonRecord } from "./record.ts";

/** A text that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The texts of a list; nothing for what is no list. */
export function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The members of a record that are texts. */
export function strings(value: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (typeof member === "string" ? [[key, member]] : [])),
  );
}
