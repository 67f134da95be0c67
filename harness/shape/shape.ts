/**
 * What kind of thing a value is, at every depth: keys and types without the values. A list is shown by the
 * shapes of its items, each once. Two programs agree on a format when their shapes are equal.
 */
export function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) {
    const shapes = new Map(value.map((item) => [JSON.stringify(shapeOf(item)), shapeOf(item)]));
    return [...shapes.keys()].sort().map((key) => shapes.get(key));
  }
  if (typeof value !== "object") return typeof value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, shapeOf((value as Record<string, unknown>)[key])]));
}
