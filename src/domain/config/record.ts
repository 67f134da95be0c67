/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys that would reach the prototype of an object built from a file. */
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/** Objects merge, arrays follow one another, anything else is replaced by what comes later. */
export function mergeDeep(earlier: unknown, later: unknown): unknown {
  if (Array.isArray(earlier) && Array.isArray(later)) return [...earlier, ...later];
  if (!isRecord(earlier) || !isRecord(later)) return later;
  const merged: Record<string, unknown> = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    if (FORBIDDEN.has(key)) continue;
    merged[key] = Object.hasOwn(merged, key) ? mergeDeep(merged[key], value) : value;
  }
  return merged;
}

/** The object at `key`, or an empty one. */
export function section(parent: unknown, key: string): JsonRecord {
  const value = isRecord(parent) ? parent[key] : undefined;
  return isRecord(value) ? value : {};
}

/** A deep copy in which every string has gone through `change`; `path` is dotted. */
export function mapStrings(
  value: unknown,
  change: (text: string, path: string) => string,
  path = "",
): unknown {
  if (typeof value === "string") return change(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapStrings(item, change, `${path}[${index}]`));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => {
    return [key, mapStrings(member, change, path === "" ? key : `${path}.${key}`)];
  });
  return Object.fromEntries(entries);
}

/** Freezes an object and all it holds. */
export function freezeDeep<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) freezeDeep(member);
  }
  return value;
}
