import type { Attributes } from "./encode.ts";

/** As on the reference: what is no short name is not a name, and keys of sessions are nobody's business. */
const NAME = /^(?!agent:)[\w.:/@+-]{1,96}$/;

export const named = (value: string): string => (NAME.test(value) ? value : "unknown");

/** Attributes under the reference's prefix, each a name. */
export function ours(values: Readonly<Record<string, string>>): Attributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`openclaw.${name}`, named(value)]),
  );
}

/** What the conventions call a request of this kind of interface. */
export function operationOf(api: string): string {
  if (api.startsWith("google-")) return "generate_content";
  return api.endsWith("-completion") ? "text_completion" : "chat";
}
