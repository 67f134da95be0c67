/** What stands for a value that is another one in each run. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "<id>"],
  [/\b[0-9a-f]{12,64}\b/gi, "<id>"],
  [/\/tmp\/referee-[0-9a-f]+\/home\b/g, "<home>"],
  [/127\.0\.0\.1:\d+/g, "<gateway>"],
  [/\b\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})?/g, "<time>"],
  [/\b\d{1,2}:\d{2}(:\d{2})?( ?[AP]M)?( UTC)?\b/g, "<time>"],
  [/\b(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?, [A-Z][a-z]+ \d{1,2}(, \d{4})?/g, "<time>"],
  [/\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}(, \d{4})?\b/g, "<time>"],
  [/\bjust now\b|\bin <?\d+ ?[smhd]\b|\b\d+ ?[smhd] ago\b/g, "<time>"],
  [/(\b\d+ ?(ms|s|m|h|d)\b ?)+/g, "<duration> "],
  [/\b\d+ (milli)?(second|minute|hour)s?\b/g, "<duration>"],
  [/\b[\d,]+(\.\d+)? ?(B|KB|MB|GB|TB|kB|KiB|MiB|GiB)\b/g, "<size>"],
  [/\b\d+\.\d+(?![.\d])/g, "<number>"],
];

/** A line as it can be compared: without times, ids, sizes and places of one run. */
export function plainLine(line: string): string {
  let text = line.replaceAll(/\s+/g, " ").trim();
  for (const [pattern, mask] of MASKS) text = text.replaceAll(pattern, mask);
  return text.replaceAll(/\s+/g, " ").trim();
}

/** The lines of a page, each once, in the order they were read. */
export function plainLines(text: string): string[] {
  return [...new Set(text.split("\n").map(plainLine))].filter((line) => line !== "");
}

const PROSE_WORDS_MIN = 8;

/** A sentence: the player says such things in words of its own. */
export function isProse(line: string): boolean {
  return line.split(" ").length >= PROSE_WORDS_MIN;
}
