/** One file's part of a patch in the `*** Begin Patch` notation. */
export type FilePatch =
  | { readonly kind: "add"; readonly path: string; readonly content: string }
  | { readonly kind: "delete"; readonly path: string }
  | {
      readonly kind: "update";
      readonly path: string;
      readonly moveTo?: string;
      readonly hunks: readonly Hunk[];
    };

/** Lines to be found and what stands in their place; `context` names a line to look behind. */
export interface Hunk {
  readonly context?: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const BEGIN = "*** Begin Patch";
const END = "*** End Patch";
const HEADER = /^\*\*\* (Add|Delete|Update) File: (.+)$/;
const FILES_MAX = 500;

export function parsePatch(input: string): readonly FilePatch[] {
  const lines = input.trim().split("\n");
  if (lines[0]?.trim() !== BEGIN || lines.at(-1)?.trim() !== END) {
    throw new Error(`Invalid patch: it must begin with '${BEGIN}' and end with '${END}'`);
  }
  const patches: FilePatch[] = [];
  let index = 1;
  while (index < lines.length - 1) {
    const header = HEADER.exec(lines[index]?.trimEnd() ?? "");
    if (header === null) throw new Error(`Invalid patch: expected a file header, got '${lines[index]}'`);
    const start = index + 1;
    index = start;
    while (index < lines.length - 1 && !HEADER.test(lines[index]?.trimEnd() ?? "")) index += 1;
    patches.push(parseFile(header[1] ?? "", (header[2] ?? "").trim(), lines.slice(start, index)));
    if (patches.length > FILES_MAX) throw new Error(`Invalid patch: more than ${FILES_MAX} files`);
  }
  if (patches.length === 0) throw new Error("No files were modified.");
  return patches;
}

function parseFile(kind: string, path: string, body: readonly string[]): FilePatch {
  if (kind === "Delete") return { kind: "delete", path };
  if (kind === "Add") {
    const wrong = body.find((line) => !line.startsWith("+"));
    if (wrong !== undefined)
      throw new Error(`Invalid patch: lines of a new file begin with '+', got '${wrong}'`);
    return { kind: "add", path, content: body.map((line) => `${line.slice(1)}\n`).join("") };
  }
  const move = /^\*\*\* Move to: (.+)$/.exec(body[0] ?? "")?.[1]?.trim();
  const hunks = parseHunks(move === undefined ? body : body.slice(1));
  return { kind: "update", path, hunks, ...(move === undefined ? {} : { moveTo: move }) };
}

function parseHunks(body: readonly string[]): readonly Hunk[] {
  const hunks: { context?: string; before: string[]; after: string[] }[] = [];
  for (const line of body) {
    if (line.startsWith("@@")) {
      const context = line.slice(2).trim();
      hunks.push({ before: [], after: [], ...(context === "" ? {} : { context }) });
      continue;
    }
    if (line === "*** End of File") continue;
    if (hunks.length === 0) hunks.push({ before: [], after: [] });
    const hunk = hunks.at(-1);
    const text = line.slice(1);
    if (hunk === undefined) continue;
    if (line.startsWith("-")) hunk.before.push(text);
    else if (line.startsWith("+")) hunk.after.push(text);
    else if (line === "" || line.startsWith(" ")) {
      hunk.before.push(text);
      hunk.after.push(text);
    } else throw new Error(`Invalid patch: unexpected line '${line}'`);
  }
  return hunks;
}

/** Each hunk is looked for behind the one before it; a hunk that is not found fails the whole file. */
export function applyHunks(text: string, hunks: readonly Hunk[], path: string): string {
  const lines = text.split("\n");
  const result: string[] = [];
  let from = 0;
  for (const hunk of hunks) {
    const start =
      hunk.context === undefined
        ? from
        : lines.findIndex((line, at) => at >= from && line.trim() === hunk.context);
    if (start < 0) throw new Error(`Failed to find context '${hunk.context}' in ${path}`);
    const at = hunk.before.length === 0 ? endOf(lines) : find(lines, hunk.before, start);
    if (at < 0) throw new Error(`Failed to find expected lines in ${path}:\n${hunk.before.join("\n")}`);
    result.push(...lines.slice(from, at), ...hunk.after);
    from = at + hunk.before.length;
  }
  return [...result, ...lines.slice(from)].join("\n");
}

/** Exactly first, then without regard to white space at the ends of lines. */
function find(lines: readonly string[], wanted: readonly string[], from: number): number {
  for (const normalise of [(line: string) => line, (line: string) => line.trimEnd()]) {
    const target = wanted.map(normalise);
    for (let at = from; at + target.length <= lines.length; at += 1) {
      if (target.every((line, offset) => normalise(lines[at + offset] ?? "") === line)) return at;
    }
  }
  return -1;
}

/** Where new lines go when they replace nothing: behind the last line, before the line break at the end. */
function endOf(lines: readonly string[]): number {
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}
