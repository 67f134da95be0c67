/** What a model says that has nothing to say. */
const SILENT = "NO_REPLY";
const OPENING = /<(think|thinking|thought)>/i;
const TAGS = ["<think>", "<thinking>", "<thought>"];

/**
 * What of a model's text is meant for people: without thoughts in tags, and nothing where it only says that it has
 * nothing to say to somebody who waits for an answer. While the text still comes, what may become one of these
 * waits. compat(RN19).
 */
export function visibleText(raw: string, isWhole: boolean, isAwaited = true): string {
  const shown = withoutThoughts(raw);
  const bare = shown.trim();
  if (isAwaited && bare === SILENT) return "";
  if (isWhole) return shown;
  if (isAwaited && bare !== "" && SILENT.startsWith(bare)) return "";
  const begun = shown.lastIndexOf("<");
  const tail = begun < 0 ? "" : shown.slice(begun).toLowerCase();
  return tail !== "" && TAGS.some((tag) => tag.startsWith(tail)) ? shown.slice(0, begun) : shown;
}

function withoutThoughts(raw: string): string {
  let shown = raw;
  for (;;) {
    const opening = OPENING.exec(shown);
    if (opening === null) return shown;
    const [tag, name = ""] = opening;
    const closing = `</${name.toLowerCase()}>`;
    const end = shown.toLowerCase().indexOf(closing, opening.index + tag.length);
    const before = shown.slice(0, opening.index);
    if (end < 0) return before;
    const after = shown.slice(end + closing.length);
    shown = before.trim() === "" ? after.trimStart() : before + after;
  }
}
