/** Lines of the part that differs which are compared one by one; what is larger counts as replaced as a whole. */
const COMPARED_MAX = 1_200;
/** Lines around a change that are shown with it. */
const CONTEXT = { diff: 4, patch: 3 };

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
  /** Its number in the old and in the new text, from 1; for a line that only one of them has, where it would be. */
  readonly before: number;
  readonly after: number;
}

export interface TextChange {
  /** Each line with its number, for people. */
  readonly diff: string;
  /** The same as `patch` understands it. */
  readonly patch: string;
  readonly firstChangedLine: number;
}

/** What became of a file's text, or undefined when nothing did. */
export function textChange(name: string, before: string, after: string): TextChange | undefined {
  if (before === after) return undefined;
  const lines = compared(linesOf(before), linesOf(after));
  const first = lines.find((line) => line.mark !== " ");
  return {
    diff: numbered(lines),
    patch: `--- ${name}\n+++ ${name}\n${hunks(lines, before, after).join("")}`,
    firstChangedLine: first === undefined ? 1 : first.mark === "-" ? first.before : first.after,
  };
}

function linesOf(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const marks = [
    ...before.slice(0, start).map((text) => ({ mark: " " as const, text })),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map((text) => ({ mark: " " as const, text })),
  ];
  let [old, fresh] = [1, 1];
  return marks.map(({ mark, text }) => {
    const line = { mark, text, before: old, after: fresh };
    if (mark !== "+") old += 1;
    if (mark !== "-") fresh += 1;
    return line;
  });
}

/** The part between what both have in common, by the longest sequence of lines that stayed. */
function middle(before: readonly string[], after: readonly string[]): Pick<Line, "mark" | "text">[] {
  const removed = (text: string) => ({ mark: "-" as const, text });
  const added = (text: string) => ({ mark: "+" as const, text });
  if (before.length > COMPARED_MAX || after.length > COMPARED_MAX)
    return [...before.map(removed), ...after.map(added)];
  const width = after.length + 1;
  const kept = new Uint16Array((before.length + 1) * width);
  const at = (old: number, fresh: number) => kept[old * width + fresh] ?? 0;
  for (let old = before.length - 1; old >= 0; old -= 1)
    for (let fresh = after.length - 1; fresh >= 0; fresh -= 1)
      kept[old * width + fresh] =
        before[old] === after[fresh]
          ? at(old + 1, fresh + 1) + 1
          : Math.max(at(old + 1, fresh), at(old, fresh + 1));
  const lines: Pick<Line, "mark" | "text">[] = [];
  let [old, fresh] = [0, 0];
  while (old < before.length || fresh < after.length) {
    const [left, right] = [before[old], after[fresh]];
    if (left !== undefined && left === right) {
      lines.push({ mark: " ", text: left });
      old += 1;
      fresh += 1;
    } else if (left !== undefined && (right === undefined || at(old + 1, fresh) >= at(old, fresh + 1))) {
      lines.push(removed(left));
      old += 1;
    } else if (right !== undefined) {
      lines.push(added(right));
      fresh += 1;
    }
  }
  return lines;
}

function numbered(lines: readonly Line[]): string {
  const width = String(Math.max(lines.at(-1)?.before ?? 1, lines.at(-1)?.after ?? 1)).length;
  const groups = changesOf(lines, CONTEXT.diff);
  const shown = groups.flatMap((group, index) => {
    const text = group.map(
      ({ mark, before, after, text: line }) =>
        `${mark}${String(mark === "+" ? after : before).padStart(width)} ${line}`,
    );
    const isCut = index > 0 || group[0] !== lines[0];
    return isCut ? [` ${"".padStart(width)} ...`, ...text] : text;
  });
  const isCutAtEnd = groups.at(-1)?.at(-1) !== lines.at(-1);
  return [...shown, ...(isCutAtEnd ? [` ${"".padStart(width)} ...`] : [])].join("\n");
}

function hunks(lines: readonly Line[], before: string, after: string): readonly string[] {
  return changesOf(lines, CONTEXT.patch).map((group) => {
    const [first] = group;
    const count = (mark: "-" | "+") => group.filter((line) => line.mark !== mark).length;
    const [old, fresh] = [count("+"), count("-")];
    const from = (size: number, line: number | undefined) => `${(line ?? 1) - (size === 0 ? 1 : 0)},${size}`;
    const body = group.map((line) => {
      const isLastOld = line.mark !== "+" && line.before === linesOf(before).length;
      const isLastNew = line.mark !== "-" && line.after === linesOf(after).length;
      const isOpen = (isLastOld && !before.endsWith("\n")) || (isLastNew && !after.endsWith("\n"));
      return `${line.mark}${line.text}\n${isOpen ? "\\ No newline at end of file\n" : ""}`;
    });
    return `@@ -${from(old, first?.before)} +${from(fresh, first?.after)} @@\n${body.join("")}`;
  });
}

/** Runs of lines around what changed; runs that touch are one. */
function changesOf(lines: readonly Line[], context: number): readonly (readonly Line[])[] {
  const groups: Line[][] = [];
  let last = -1;
  lines.forEach((line, index) => {
    if (line.mark === " ") return;
    const start = Math.max(last + 1, index - context);
    const isJoined = groups.length > 0 && start === last + 1;
    const end = Math.min(lines.length - 1, index + context);
    const more = lines.slice(start, end + 1);
    if (isJoined) groups.at(-1)?.push(...more);
    else groups.push([...more]);
    last = Math.max(last, end);
  });
  return groups;
}
