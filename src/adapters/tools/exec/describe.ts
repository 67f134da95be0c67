/** A command longer than this is shown as it is. */
const CHARS_MAX = 4_000;

/**
 * A few words on what a command does, for those who look on. compat(RN25): one after another with an arrow between,
 * one into another with a thin one; where there are no words for any of it, the command is shown as it is.
 */
export function describeCommand(command: string): string {
  const trimmed = command.trim();
  const parts = trimmed.length > CHARS_MAX ? undefined : split(trimmed);
  if (parts === undefined) return trimmed;
  const [first] = parts;
  const folder = parts.length > 1 && first?.length === 1 && first[0]?.[0] === "cd" ? first[0][1] : undefined;
  const told = folder === undefined ? parts : parts.slice(1);
  if (!told.some((pipe) => pipe.some((words) => deed(words) !== undefined))) return trimmed;
  const steps = told.map((pipe) => pipe.map((words) => deed(words) ?? ran(words)).join(" -> "));
  return `${steps.join(" → ")}${folder === undefined ? "" : ` (in ${folder})`}`;
}

type Teller = (rest: readonly string[], named: readonly string[]) => string | undefined;

const behind = (words: string, name: string | undefined) => (name === undefined ? words : `${words} ${name}`);
const printing: Teller = () => "print text";
const searching: Teller = (_, [pattern, file]) =>
  pattern === undefined ? undefined : `search "${pattern}"${file === undefined ? "" : ` in ${file}`}`;
const moving =
  (verb: string): Teller =>
  (_, [from, to]) =>
    from === undefined || to === undefined ? undefined : `${verb} ${from} to ${to}`;
const edge =
  (which: string): Teller =>
  (rest, named) => {
    const flag = rest.find((word) => /^-(n?\d+|n|c)$/.test(word));
    const count = flag === "-n" ? rest[rest.indexOf("-n") + 1] : flag?.replace(/^-n?/, "");
    const file = named.findLast((word) => !/^\d+$/.test(word));
    if (count === undefined || !/^\d+$/.test(count)) return behind("show", file ?? "output");
    return `show ${which} ${count} lines${file === undefined ? "" : ` of ${file}`}`;
  };
const packages: Teller = (rest, [task, script]) => {
  if (task === "test" || (task === "run" && script === "test")) return "run tests";
  if (task === "run" && script !== undefined) return `run ${script}`;
  return rest[0] === "install" ? "install dependencies" : undefined;
};
const running =
  (program: string, kind: string): Teller =>
  (rest, [file]) => {
    if (rest.some((word) => word === "-e" || word === "-c")) return `run ${program} inline script`;
    return file === undefined ? undefined : `run ${program} ${kind}${file}`;
  };

/** Programs whose calls are told by what they do rather than by what they are called. */
const TELLERS: Readonly<Record<string, Teller>> = {
  bash: (rest) => (rest[0] === "-c" && rest[1] !== undefined ? describeCommand(rest[1]) : undefined),
  cat: (_, [file]) => behind("show", file ?? "output"),
  cp: moving("copy"),
  curl: (_, named) =>
    behind(
      "fetch",
      named.find((word) => word.includes(":")),
    ),
  echo: printing,
  find: (rest, [place]) => {
    const name = rest[rest.indexOf("-name") + 1];
    return rest.includes("-name") && name !== undefined
      ? `find files named "${name}" in ${place ?? "."}`
      : undefined;
  },
  git: (_, [verb]) => {
    if (verb === "status") return "check git status";
    return verb === "commit" ? "create git commit" : undefined;
  },
  grep: searching,
  head: edge("first"),
  ls: (_, [folder]) => (folder === undefined ? "list files" : `list files in ${folder}`),
  mkdir: (_, [folder]) => (folder === undefined ? undefined : `create folder ${folder}`),
  mv: moving("move"),
  node: running("node", "script "),
  npm: packages,
  pnpm: packages,
  printf: printing,
  python3: running("python3", ""),
  rg: searching,
  rm: (_, [file]) => (file === undefined ? undefined : `remove ${file}`),
  sed: (rest, named) => {
    const lines = /^(\d+),(\d+)p$/.exec(named[0] ?? "");
    const file = named[1];
    if (rest[0] === "-n" && lines !== null && file !== undefined)
      return `print lines ${lines[1]}-${lines[2]} from ${file}`;
    return file === undefined ? undefined : `run sed on ${file}`;
  },
  tail: edge("last"),
  touch: (_, [file]) => (file === undefined ? undefined : `create file ${file}`),
};

function deed(words: readonly string[]): string | undefined {
  const [program = "", ...rest] = words.slice(words.findIndex((word) => !/^\w+=/.test(word)));
  const isNamed = (word: string, at: number) => !word.startsWith("-") && !/^\d*[<>]/.test(rest[at - 1] ?? "");
  const named = rest.filter((word, at) => isNamed(word, at) && !/^\d*[<>]/.test(word));
  return Object.hasOwn(TELLERS, program) ? TELLERS[program]?.(rest, named) : undefined;
}

function ran(words: readonly string[]): string {
  const [program = "", first] = words;
  return first !== undefined && /^[\w./-]+$/.test(first) && !first.startsWith("-")
    ? `run ${program} ${first}`
    : `run ${program}`;
}

/** The commands of a text and the pipes within each, as words; undefined where it is not that simple. */
function split(command: string): readonly (readonly (readonly string[])[])[] | undefined {
  const parts: string[][][] = [[[]]];
  let word = "";
  let quote: string | undefined;
  const endWord = () => {
    if (word !== "") parts.at(-1)?.at(-1)?.push(word);
    word = "";
  };
  for (let at = 0; at < command.length; at += 1) {
    const char = command[at] ?? "";
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word += char;
    } else if (char === "'" || char === '"') quote = char;
    else if (/\s/.test(char)) endWord();
    else if (char === ";" || command.startsWith("&&", at) || command.startsWith("||", at)) {
      endWord();
      parts.push([[]]);
      if (char !== ";") at += 1;
    } else if (char === "|") {
      endWord();
      parts.at(-1)?.push([]);
    } else word += char;
  }
  endWord();
  if (quote !== undefined) return undefined;
  return parts.map((pipe) => pipe.filter((words) => words.length > 0)).filter((pipe) => pipe.length > 0);
}
