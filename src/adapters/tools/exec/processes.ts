import { type ChildProcess, spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import type { Clock, Timer } from "../../../platform/clock.ts";
import { processName } from "./names.ts";

/** Characters of output that are kept of one process; older ones are dropped. */
const OUTPUT_CHARS_MAX = 200_000;
/** Processes of all agents that may be known at once; the oldest that has ended is forgotten first. */
const PROCESSES_MAX = 64;
/** Time between asking a process to end and ending it. */
const KILL_GRACE_MS = 2_000;

export interface CommandProcess {
  readonly id: string;
  readonly agentId: string;
  readonly command: string;
  readonly cwd: string;
  readonly startedAt: number;
  readonly pid: number | undefined;
  /** All output that is kept, both streams as they came. */
  readonly output: string;
  readonly droppedChars: number;
  readonly end: ProcessEnd | undefined;
  readonly ended: Promise<ProcessEnd>;
  /** Output since the last time it was asked for. */
  drain(): string;
  write(data: string, isLast: boolean): boolean;
  kill(reason: string): void;
}

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** `exit`, `signal`, `timeout`, `aborted`, or why it could not be started. */
  readonly reason: string;
  readonly endedAt: number;
}

export interface ProcessStart {
  readonly agentId: string;
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  /** Whether something may be written to it; without, it finds its input at an end. */
  readonly hasInput: boolean;
  readonly onOutput: (text: string) => void;
}

export interface Processes {
  start(start: ProcessStart): CommandProcess;
  get(agentId: string, id: string): CommandProcess | undefined;
  list(agentId: string): readonly CommandProcess[];
  forget(id: string): void;
  /** Ends all of them. */
  close(): void;
}

/** The commands that agents have started. */
export function createProcesses(clock: Clock, random: () => string): Processes {
  const known = new Map<string, CommandProcess>();

  function makeRoom(): void {
    if (known.size < PROCESSES_MAX) return;
    const over = [...known.values()].find((one) => one.end !== undefined);
    if (over === undefined) throw new Error(`Too many processes are running (${PROCESSES_MAX})`);
    known.delete(over.id);
  }

  return {
    start(options) {
      makeRoom();
      const name = processName(random());
      const number = [...known.keys()].filter((id) => id === name || id.startsWith(`${name}-`)).length;
      const one = launch(options, clock, number === 0 ? name : `${name}-${number + 1}`);
      known.set(one.id, one);
      return one;
    },
    get(agentId, id) {
      const one = known.get(id);
      return one?.agentId === agentId ? one : undefined;
    },
    list: (agentId) => [...known.values()].filter((one) => one.agentId === agentId),
    forget: (id) => void known.delete(id),
    close() {
      for (const one of known.values()) one.kill("aborted");
      known.clear();
    },
  };
}

function launch(options: ProcessStart, clock: Clock, id: string): CommandProcess {
  const { command, cwd, agentId } = options;
  // A group of its own, so that what the command started ends with it.
  const child = spawn(shell(), ["-c", command], {
    cwd,
    env: { ...process.env, OPENCLAW_SHELL: "exec", ...options.env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (!options.hasInput) child.stdin.end();
  const ended = Promise.withResolvers<ProcessEnd>();
  const decoder = new StringDecoder("utf8");
  let output = "";
  let drained = 0;
  let droppedChars = 0;
  let killReason: string | undefined;
  let end: ProcessEnd | undefined;
  let timer: Timer | undefined;

  const hear = (chunk: Buffer) => {
    const text = plainText(decoder.write(chunk));
    if (text === "") return;
    output += text;
    const excess = output.length - OUTPUT_CHARS_MAX;
    if (excess > 0) {
      output = output.slice(excess);
      drained = Math.max(0, drained - excess);
      droppedChars += excess;
    }
    options.onOutput(text);
  };
  const finish = (exitCode: number | null, signal: string | null, reason: string) => {
    if (end !== undefined) return;
    timer?.cancel();
    end = { exitCode, signal, reason, endedAt: clock.now() };
    // Children that a shell left behind go with it.
    signalGroup(child, "SIGKILL");
    ended.resolve(end);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  child.stdin.on("error", () => {});
  child.on("error", (error) => finish(null, null, error.message));
  child.on("close", (code, signal) =>
    finish(code, signal, killReason ?? (signal === null ? "exit" : "signal")),
  );

  const kill = (reason: string) => {
    if (end !== undefined || killReason !== undefined) return;
    killReason = reason;
    signalGroup(child, "SIGTERM");
    clock.after(KILL_GRACE_MS, () => signalGroup(child, "SIGKILL"));
  };
  if (options.timeoutMs !== undefined && options.timeoutMs > 0) {
    timer = clock.after(options.timeoutMs, () => kill("timeout"));
  }
  return {
    id,
    agentId,
    command,
    cwd,
    startedAt: clock.now(),
    pid: child.pid,
    get output() {
      return output;
    },
    get droppedChars() {
      return droppedChars;
    },
    get end() {
      return end;
    },
    ended: ended.promise,
    drain() {
      const fresh = output.slice(drained);
      drained = output.length;
      return fresh;
    },
    write(data, isLast) {
      if (end !== undefined || child.stdin.destroyed) return false;
      child.stdin.write(data);
      if (isLast) child.stdin.end();
      return true;
    },
    kill,
  };
}

/** compat(RN25): the shell of whoever runs the gateway, but none that does not understand what models write. */
function shell(): string {
  const own = process.env["SHELL"];
  if (own === undefined || own === "") return "/usr/bin/sh";
  return own.endsWith("/fish") ? "/bin/bash" : own;
}

/** Output without the colours and movements that are meant for a screen. */
function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll("\0", "");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
