/** How one command of a line hangs together with the next. */
type Joint = "&&" | "||" | ";" | "|";

/** A shell line that holds nothing but commands with literal words. */
interface ShellLine {
  readonly commands: readonly (readonly string[])[];
  readonly joints: readonly Joint[];
}

const CHARS_MAX = 32_768;
const COMMANDS_MAX = 64;
/** What stands for itself outside of quotes. Everything else may mean something to a shell. */
const PLAIN = /[A-Za-z0-9_@%+=:,./^-]+/y;
const SINGLE = /'([^'\0]*)'/y;
/** Between double quotes a shell still expands, so what would begin that is not read at all. */
const DOUBLE = /"([^"$`\\!\0]*)"/y;
const BLANK = /[ \t]+/y;
const JOINT = /&&|\|\||;|\|(?!&)/y;

/**
 * Reads a line of which it can be said for certain what a shell would run, or nothing: no redirection, no expansion, no
 * substitution, no pattern, no escape, no assignment, no comment, no second line, nothing in the background. What was
 * read is run as `renderLine` writes it, so that another reading by the shell cannot matter.
 */
export function readLine(source: string): ShellLine | undefined {
  if (source.length > CHARS_MAX) return undefined;
  const text = source.trim();
  const commands: string[][] = [[]];
  const joints: Joint[] = [];
  let word: string | undefined;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const endWord = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  while (at < text.length) {
    const part = take(PLAIN)?.[0] ?? take(SINGLE)?.[1] ?? take(DOUBLE)?.[1];
    if (part !== undefined) {
      word = (word ?? "") + part;
      continue;
    }
    endWord();
    if (take(BLANK) !== null) continue;
    const joint = take(JOINT)?.[0];
    if (!isJoint(joint)) return undefined;
    joints.push(joint);
    commands.push([]);
  }
  endWord();
  const isSound = commands.length <= COMMANDS_MAX && commands.every(([name]) => isName(name));
  return isSound ? { commands, joints } : undefined;
}

/** The same line with every word in quotes, and with these programs instead of the names it had. */
export function renderLine(line: ShellLine, programs: readonly string[]): string {
  return line.commands
    .map(([, ...args], index) => {
      const words = [programs[index] ?? "", ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
      return [...words, ...line.joints.slice(index, index + 1)].join(" ");
    })
    .join(" ");
}

function isJoint(text: string | undefined): text is Joint {
  return text === "&&" || text === "||" || text === ";" || text === "|";
}

/** `NAME=value` in front of a command is an assignment. */
function isName(name: string | undefined): boolean {
  return name !== undefined && name !== "" && !name.includes("=");
}
