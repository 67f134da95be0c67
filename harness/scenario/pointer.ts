/** JSON pointers, plus patterns over them: `*` stands for any one key, `**` for any number of keys. */

const unescape = (segment: string): string => segment.replaceAll("~1", "/").replaceAll("~0", "~");
export const escapeSegment = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

export function segmentsOf(pointer: string): string[] {
  return pointer === "" ? [] : pointer.slice(1).split("/").map(unescape);
}

export function at(document: unknown, pointer: string): unknown {
  let value = document;
  for (const segment of segmentsOf(pointer)) {
    if (Array.isArray(value)) value = segment === "-1" ? value.at(-1) : value[Number(segment)];
    else if (typeof value === "object" && value !== null && Object.hasOwn(value, segment)) {
      value = Reflect.get(value, segment);
    } else return undefined;
  }
  return value;
}

function matchFrom(pattern: readonly string[], path: readonly string[], p: number, i: number): boolean {
  if (p === pattern.length) return i === path.length;
  const segment = pattern[p];
  if (segment === "**") {
    for (let skip = i; skip <= path.length; skip++) if (matchFrom(pattern, path, p + 1, skip)) return true;
    return false;
  }
  return (
    i < path.length && (segment === "*" || segment === path[i]) && matchFrom(pattern, path, p + 1, i + 1)
  );
}

export function pointerMatches(pattern: string, path: readonly string[]): boolean {
  return matchFrom(segmentsOf(pattern), path, 0, 0);
}

export function pointerOf(path: readonly string[]): string {
  return path.map((segment) => `/${escapeSegment(segment)}`).join("");
}
