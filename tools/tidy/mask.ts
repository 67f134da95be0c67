/** Which part of the source a character belongs to. */
type Part = "code" | "comment" | "text";

export interface Masked {
  /** The source with comments, strings, templates and regular expressions blanked; offsets and lines stay. */
  readonly code: string;
  /** The source with everything but its comments blanked. */
  readonly comments: string;
  /** The source with everything but string, template and regular expression literals blanked. */
  readonly literals: string;
}

/**
 * Splits TypeScript into code, comments and literals without parsing it. Good enough to ask whether a name stands
 * in code or in prose: a regular expression is told from a division by what stands before it.
 */
export function mask(source: string): Masked {
  const parts = partsOf(source);
  const keep = (part: Part): string =>
    Array.from(parts, (own, index) => {
      const character = source.charAt(index);
      return own === part || character === "\n" ? character : " ";
    }).join("");
  return { code: keep("code"), comments: keep("comment"), literals: keep("text") };
}

function partsOf(source: string): Part[] {
  const parts = new Array<Part>(source.length).fill("code");
  /** Depth of braces at which each open template substitution ends. */
  const substitutions: number[] = [];
  let depth = 0;
  let index = 0;
  const take = (length: number, part: Part): void => {
    parts.fill(part, index, index + length);
    index += length;
  };

  while (index < source.length) {
    const rest = source.slice(index, index + 2);
    const character = rest.charAt(0);
    if (rest === "//") take(lengthUntil(source, index, "\n"), "comment");
    else if (rest === "/*") take(lengthUntil(source, index + 2, "*/") + 4, "comment");
    else if (character === '"' || character === "'") take(quotedLength(source, index, character), "text");
    else if (character === "`") takeTemplate(1);
    else if (character === "/" && startsRegExp(source, index)) take(regExpLength(source, index), "text");
    else if (character === "}" && substitutions.at(-1) === depth) {
      substitutions.pop();
      takeTemplate(1);
    } else {
      if (character === "{") depth += 1;
      if (character === "}") depth -= 1;
      index += 1;
    }
  }
  return parts;

  /** Takes template text up to its end or to the next substitution, whose inside is code again. */
  function takeTemplate(opening: number): void {
    let length = opening;
    for (; index + length < source.length; length += 1) {
      const at = source.charAt(index + length);
      if (at === "\\") length += 1;
      else if (at === "`") break;
      else if (at === "$" && source.charAt(index + length + 1) === "{") {
        take(length + 2, "text");
        substitutions.push(depth);
        return;
      }
    }
    take(length + 1, "text");
  }
}

function lengthUntil(source: string, from: number, end: string): number {
  const found = source.indexOf(end, from);
  return (found === -1 ? source.length : found) - from;
}

function quotedLength(source: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < source.length && source.charAt(at) !== quote && source.charAt(at) !== "\n") {
    at += source.charAt(at) === "\\" ? 2 : 1;
  }
  return at + 1 - from;
}

/** A slash begins a regular expression where a value may begin. */
function startsRegExp(source: string, from: number): boolean {
  const before = source.slice(Math.max(0, from - 40), from).trimEnd();
  return (
    before === "" || /(?:[(,=:[!&|?{};~+\-*%<>^]|\b(?:return|typeof|case|in|of|await|yield))$/.test(before)
  );
}

function regExpLength(source: string, from: number): number {
  let isInClass = false;
  let at = from + 1;
  for (; at < source.length && source.charAt(at) !== "\n"; at += 1) {
    const character = source.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "[") isInClass = true;
    else if (character === "]") isInClass = false;
    else if (character === "/" && !isInClass) break;
  }
  return at + 1 - from;
}
