import type { Logger } from "pino";
import type { Clock } from "./clock.ts";
import type { Sink, SinkOptions } from "./log-sink.ts";
import type { Redactor } from "./redact.ts";

export type LogLevel = "silent" | "fatal" | "error" | "warn" | "info" | "debug" | "trace";

export type Log = Pick<Logger, "trace" | "debug" | "info" | "warn" | "error" | "fatal"> & {
  child(bindings: Record<string, unknown>): Log;
};

/** Says nothing. For tests, and wherever a log was not asked for. */
export const silentLog: Log = {
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  fatal: () => {},
  child: () => silentLog,
};

export type LogSettings = Partial<Omit<SinkOptions, "redactor" | "print" | "onFileLine">>;

export interface LogOptions extends LogSettings {
  readonly clock: Pick<Clock, "now">;
  readonly redactor: Redactor;
  readonly print: (line: string) => void;
}

export interface OpenLog extends Log {
  /** The same log with what the configuration says about it; before `open` only. */
  configure(settings: LogSettings): OpenLog;
  /** From now on this is told of each line of the file, masked. */
  overhear(listener: (line: string) => void): void;
  /** Loads the writer and lets out what was said so far. Called once the gateway listens. */
  open(): Promise<void>;
  /** Writes what is left and closes the file. */
  close(): Promise<void>;
}

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
type Level = (typeof LEVELS)[number];

interface Said {
  readonly level: Level;
  readonly time: number;
  readonly bindings: Record<string, unknown>;
  readonly args: readonly unknown[];
}

/** Records kept before the writer is there; beyond it the oldest is dropped. */
const PENDING_MAX = 1_000;
const FILE_BYTES_MAX = 500 * 1024 * 1024;

/**
 * A log that costs a start nothing: what is said before `open` waits in memory, with its own time, and is written
 * by pino afterwards.
 */
export function createLog(options: LogOptions): OpenLog {
  const pending: Said[] = [];
  let settings: LogSettings = options;
  let writer: { logger: Logger; sink: Sink } | undefined;
  let opening: Promise<void> | undefined;
  const listeners: ((line: string) => void)[] = [];

  const write = (said: Said): void => {
    if (writer === undefined) {
      if (pending.length >= PENDING_MAX) pending.shift();
      pending.push(said);
      return;
    }
    const [first, ...rest] = said.args;
    const isText = typeof first === "string";
    const merge = first instanceof Error ? { err: first } : isText ? {} : (first as object);
    const record = { time: said.time, ...said.bindings, ...merge };
    const message = isText
      ? [first, ...rest]
      : rest.length > 0
        ? rest
        : first instanceof Error
          ? [first.message]
          : [];
    // pino's own overloads want the message apart; the shape was settled two lines above.
    (writer.logger[said.level] as (record: object, ...message: unknown[]) => void)(record, ...message);
  };
  const speaker = (bindings: Record<string, unknown>): Log => {
    const say =
      (level: Level) =>
      (...args: unknown[]): void =>
        write({ level, time: options.clock.now(), bindings, args });
    return {
      trace: say("trace"),
      debug: say("debug"),
      info: say("info"),
      warn: say("warn"),
      error: say("error"),
      fatal: say("fatal"),
      child: (more) => speaker({ ...bindings, ...more }),
    };
  };
  const open = async (): Promise<void> => {
    const [{ pino }, { createSink }] = await Promise.all([import("pino"), import("./log-sink.ts")]);
    const level = settings.level ?? "info";
    const consoleLevel = settings.consoleLevel ?? "info";
    const sink = createSink({
      consoleStyle: "pretty",
      hasColor: false,
      maxFileBytes: FILE_BYTES_MAX,
      ...settings,
      redactor: options.redactor,
      print: options.print,
      onFileLine(line) {
        for (const listener of listeners) listener(line);
      },
      level,
      consoleLevel,
    });
    const lowest = LEVELS.find((name) => name === level || name === consoleLevel) ?? "silent";
    writer = { sink, logger: pino({ level: lowest, base: null, timestamp: false }, sink) };
    for (const said of pending.splice(0)) write(said);
  };
  const log: OpenLog = {
    ...speaker({}),
    configure(more) {
      settings = { ...settings, ...more };
      return log;
    },
    overhear: (listener) => void listeners.push(listener),
    open: () => (opening ??= open()),
    async close() {
      await opening;
      await writer?.sink.close();
    },
  };
  return log;
}
