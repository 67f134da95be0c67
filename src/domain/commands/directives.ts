/** A setting, or a question to the gateway, that stands inside of a message. */
export interface Directive {
  readonly name: string;
  /** As it would stand behind the command. */
  readonly argument: string;
}

export interface Directives {
  /** The message without them: what the model reads. */
  readonly text: string;
  readonly found: readonly Directive[];
}

const ON_OFF = ["on", "off"];

/** What may stand behind each; `[]` takes nothing, and `undefined` one word whatever it is. */
const VALUES: Readonly<Record<string, readonly string[] | undefined>> = {
  think: ["off", "on", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max"],
  verbose: [...ON_OFF, "full"],
  trace: [...ON_OFF, "raw"],
  reasoning: [...ON_OFF, "stream"],
  fast: [...ON_OFF, "auto", "status"],
  elevated: [...ON_OFF, "ask", "full"],
  queue: ["steer", "followup", "collect", "interrupt"],
  exec: [],
  model: undefined,
  status: [],
  help: [],
  commands: [],
  whoami: [],
};

/** Words that may follow in any number. */
const MORE: Readonly<Record<string, RegExp>> = {
  queue: /^(?:debounce|cap|drop)[:=]\S+$/i,
  exec: /^(?:host|security|ask|node)[:=]\S+$/i,
  model: /^(?:-[sag]|--(?:session|agent|global))$/,
};

/** Without a value they are asked a question, and then a last word that is no value is a wrong one. */
const TAKES_LAST = new Set(["think", "verbose", "trace", "reasoning", "fast", "queue"]);

const SHORT: Readonly<Record<string, string>> = {
  ...{ thinking: "think", t: "think", v: "verbose", reason: "reasoning", elev: "elevated", id: "whoami" },
};

const WORD = /(?<=^|\s)\/([a-z]+)(?=$|\s|:)(?::(?=\S|\s))?/gi;

/** Answered in a word of their own, beside whatever the model says. */
export const QUESTIONS: ReadonlySet<string> = new Set(["status", "help", "commands", "whoami"]);

/** Finds the directives of a message, wherever they stand as words of their own. */
export function directivesOf(message: string): Directives {
  const found: Directive[] = [];
  let text = message;
  let from = 0;
  for (;;) {
    WORD.lastIndex = from;
    const hit = WORD.exec(text);
    if (hit === null) break;
    const word = (hit[1] ?? "").toLowerCase();
    const name = SHORT[word] ?? word;
    if (!Object.hasOwn(VALUES, name)) {
      from = WORD.lastIndex;
      continue;
    }
    const { argument, length } = argumentOf(name, text.slice(WORD.lastIndex));
    found.push({ name, argument });
    const before = text.slice(0, hit.index).replace(/[ \t]+$/, "");
    text = joined(before, text.slice(WORD.lastIndex + length));
    from = before.length;
  }
  return { text: found.length === 0 ? message : text.trim(), found };
}

/** The words behind a directive that belong to it. */
function argumentOf(name: string, behind: string): { readonly argument: string; readonly length: number } {
  // A value stands on the same line.
  const line = /^[^\n]*/.exec(behind)?.[0] ?? "";
  const words = [...line.matchAll(/\S+/g)];
  const values = VALUES[name];
  let count = 0;
  const first = words[0]?.[0];
  const isFlag = (word: string | undefined) => word !== undefined && MORE[name]?.test(word) === true;
  if (first !== undefined && !isFlag(first)) {
    const isKnown = values === undefined ? !first.startsWith("/") : values.includes(first.toLowerCase());
    const isLast = TAKES_LAST.has(name) && words.length === 1 && behind.trim() === first;
    if (isKnown || (isLast && !first.startsWith("/"))) count = 1;
  }
  while (isFlag(words[count]?.[0])) count += 1;
  const last = words[count - 1];
  const taken = words.slice(0, count).map(([word]) => word);
  return { argument: taken.join(" "), length: last === undefined ? 0 : last.index + last[0].length };
}

/** Both sides of what was taken out: one space between words, and no empty line where it stood alone. */
function joined(before: string, after: string): string {
  if (before === "" || before.endsWith("\n"))
    return before + after.replace(before === "" ? /^\s+/ : /^[ \t]*\n?/, "");
  return /^\s*$/.test(after) ? before : before + after.replace(/^[ \t]+/, " ");
}
