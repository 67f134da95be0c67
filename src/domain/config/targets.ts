import { loadKeySpace } from "./keys.ts";
import { isRecord } from "./record.ts";
import { isSecretRef } from "./secrets.ts";

/** A reference to a secret, and where it stands. */
export interface PlacedRef {
  readonly path: string;
  readonly segments: readonly string[];
  readonly value: unknown;
}

/** The keys of the configuration that may hold a secret. `*` is any key, `[]` any place in a list. */
export async function knownTargets(): Promise<ReadonlySet<string>> {
  return new Set((await loadKeySpace({ extensions: true })).sensitive);
}

/** The references that stand at these keys. */
export function findRefs(source: unknown, targets: readonly string[]): readonly PlacedRef[] {
  return targets.flatMap((target) => walk(source, target.replaceAll("[]", ".[]").split("."), []));
}

function walk(value: unknown, pattern: readonly string[], at: readonly string[]): PlacedRef[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return isSecretRef(value) ? [{ path: at.join("."), segments: at, value }] : [];
  if (step === "[]" || (step === "*" && Array.isArray(value))) {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item: unknown, index) => walk(item, rest, [...at, String(index)]));
  }
  if (!isRecord(value)) return [];
  const keys = step === "*" ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  return keys.flatMap((key) => walk(value[key], rest, [...at, key]));
}
