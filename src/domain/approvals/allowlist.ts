import { createHash } from "node:crypto";

type Rule = Readonly<Record<string, unknown>>;

/** One command of a line, with the program that its name leads to. */
export interface ResolvedCommand {
  readonly argv: readonly string[];
  /** Absolute, as found; the name alone says nothing. */
  readonly program: string;
  readonly cwd: string;
}

const HASHED = "sha256:argv:";
const CARRIERS =
  /^(?:(?:ba|z|da|k|c|tc|a)?sh|fish|env|sudo|doas|su|nohup|nice|time|timeout|xargs|stdbuf|flock|setsid|chroot|unshare|strace|script|busybox|toybox|exec|command|builtin|eval|source)$/;
const INTERPRETERS =
  /^(?:python|node|deno|bun|ruby|perl|php|lua|osascript|g?awk|mawk|nawk|g?sed|g?make|find|xargs)(?:[0-9.]*)$/;

/** Whether what it runs stands in its arguments: its own name says nothing about that. */
export function isCarrier({ program }: ResolvedCommand): boolean {
  return CARRIERS.test(nameOf(program));
}

/** Whether it may be given a program of its own in its arguments. */
export function isInterpreter(command: ResolvedCommand): boolean {
  return isCarrier(command) || INTERPRETERS.test(nameOf(command.program));
}

/** Whether a rule lets this command through. What the rule says that is not understood lets nothing through. */
export function isListed(
  command: ResolvedCommand,
  rules: readonly Rule[],
  home: string | undefined,
): boolean {
  if (isCarrier(command)) return false;
  return rules.some((rule) => namesProgram(rule["pattern"], command, home) && namesArguments(rule, command));
}

/** The rule of an "allow always": this program with these arguments in this folder, and nothing else. */
export function exactRule(command: ResolvedCommand, now: number): Rule {
  const { program } = command;
  const use = { lastUsedAt: now, lastResolvedPath: program };
  return { pattern: program, argPattern: HASHED + hashOf(command), source: "allow-always", ...use };
}

/** A pattern without a slash is for commands that are called by name, one with a slash for the file that was found. */
function namesProgram(pattern: unknown, command: ResolvedCommand, home: string | undefined): boolean {
  if (typeof pattern !== "string" || pattern.trim() === "") return false;
  const written = pattern.trim();
  const [name = ""] = command.argv;
  if (!written.includes("/")) return !name.includes("/") && glob(written).test(name);
  const isHome = written.startsWith("~/");
  if (isHome && home === undefined) return false;
  return glob(isHome ? `${home}${written.slice(1)}` : written).test(command.program);
}

function namesArguments({ argPattern, source }: Rule, command: ResolvedCommand): boolean {
  if (argPattern === undefined) return source === undefined;
  if (typeof argPattern !== "string") return false;
  if (argPattern.startsWith(HASHED)) return argPattern === HASHED + hashOf(command);
  if (source !== undefined) return false;
  try {
    return new RegExp(argPattern).test(command.argv.slice(1).join(" "));
  } catch {
    return false;
  }
}

function hashOf({ argv, program, cwd }: ResolvedCommand): string {
  return createHash("sha256")
    .update(JSON.stringify([cwd, program, ...argv]))
    .digest("hex");
}

/** `*` stays within a folder, `**` does not. */
function glob(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*\*|\*|\?)/);
  const meaning: Readonly<Record<string, string>> = {
    "**/": "(?:[^/]+/)*",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
  };
  return new RegExp(`^${parts.map((part) => meaning[part] ?? RegExp.escape(part)).join("")}$`);
}

function nameOf(program: string): string {
  return program.split("/").at(-1) ?? program;
}
