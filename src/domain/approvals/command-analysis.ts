export interface CommandAnalysis {
  /** Commands of the line itself, and those inside substitutions and `sh -c`. */
  readonly commandCount: number;
  readonly nestedCommandCount: number;
  readonly riskKinds: readonly string[];
  readonly warningLines: readonly string[];
}

const CARRIERS = new Set([
  "sudo",
  "doas",
  "env",
  "nohup",
  "nice",
  "time",
  "timeout",
  "xargs",
  "exec",
  "command",
]);
const SHELLS = new Set(["sh", "bash", "zsh", "dash", "ksh", "fish"]);

interface Word {
  text: string;
  /** Holds a substitution: what the command gets is not what is written here. */
  isDynamic: boolean;
}

interface Line {
  readonly commands: readonly (readonly Word[])[];
  readonly substitutions: readonly string[];
}

/** What a reviewer should know about a shell line before saying yes: how many commands, and what hides in it. */
export function analyseCommand(command: string): CommandAnalysis {
  const line = split(command);
  const risks = new Set<string>();
  const warnings = new Set<string>();
  let nested = line.substitutions.reduce((sum, inner) => sum + split(inner).commands.length, 0);
  const note = (kind: string, what?: string): void => {
    risks.add(kind);
    warnings.add(`Contains ${kind}${what === undefined ? "" : `: ${what}`}`);
  };
  for (const words of line.commands) {
    const name = words[0]?.text.split("/").at(-1) ?? "";
    const inline = inlineScript(name, words);
    if (inline !== undefined) {
      note("shell-wrapper", `${name} -c`);
      nested += split(inline).commands.length;
    } else if (CARRIERS.has(name)) note("command-carrier", name);
    if (words.slice(1).some((word) => word.isDynamic)) note("dynamic-argument", `${name} dynamic argument`);
  }
  if (line.substitutions.length > 0) note("command-substitution");
  return {
    commandCount: line.commands.length,
    nestedCommandCount: nested,
    riskKinds: [...risks],
    warningLines: [...warnings],
  };
}

function inlineScript(name: string, words: readonly Word[]): string | undefined {
  if (!SHELLS.has(name)) return undefined;
  const flag = words.findIndex(({ text }, index) => index > 0 && /^-[a-z]*c$/.test(text));
  return flag < 0 ? undefined : words[flag + 1]?.text;
}

/** Splits a line at `|`, `&&`, `||`, `;`, `&` and line ends, outside of quotes. */
function split(source: string): Line {
  const commands: Word[][] = [[]];
  const substitutions: string[] = [];
  let word: Word | undefined;
  let quote = "";
  const endWord = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    const isOpen = source.startsWith("$(", at) || char === "`";
    if (quote === "'") {
      if (char === "'") quote = "";
      else word = { text: (word?.text ?? "") + char, isDynamic: word?.isDynamic ?? false };
    } else if (isOpen) {
      const end = char === "`" ? source.indexOf("`", at + 1) : closing(source, at + 2);
      const until = end < 0 ? source.length : end;
      substitutions.push(source.slice(at + (char === "`" ? 1 : 2), until));
      word = { text: (word?.text ?? "") + source.slice(at, until + 1), isDynamic: true };
      at = until;
    } else if (char === "\\") {
      word = { text: (word?.text ?? "") + source.charAt(at + 1), isDynamic: word?.isDynamic ?? false };
      at += 1;
    } else if (char === '"' || (char === "'" && quote === "")) {
      quote = quote === char ? "" : char;
      word ??= { text: "", isDynamic: false };
    } else if (quote === "" && /[|&;\n]/.test(char)) {
      endWord();
      if (commands.at(-1)?.length) commands.push([]);
    } else if (quote === "" && /\s/.test(char)) endWord();
    else word = { text: (word?.text ?? "") + char, isDynamic: (word?.isDynamic ?? false) || char === "$" };
  }
  endWord();
  return { commands: commands.filter((words) => words.length > 0), substitutions };
}

/** Where the `)` of a substitution is. */
function closing(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at += 1) {
    if (source.charAt(at) === "(") depth += 1;
    if (source.charAt(at) === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
