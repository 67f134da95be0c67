import { createWriteStream, mkdirSync, openSync, renameSync, statSync, type WriteStream } from "node:fs";
import path from "node:path";
import type { LogLevel } from "./log.ts";
import type { Redactor } from "./redact.ts";

export interface SinkOptions {
  readonly consoleStyle: "pretty" | "json";
  readonly consoleLevel: LogLevel;
  readonly level: LogLevel;
  readonly file?: string;
  readonly maxFileBytes: number;
  readonly hasColor: boolean;
  readonly redactor: Redactor;
  readonly print: (line: string) => void;
  /** Told of what the file is told. */
  readonly onFileLine?: (line: string) => void;
}

const RANK: Readonly<Record<LogLevel, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
  silent: Number.POSITIVE_INFINITY,
};
const COLOR: Readonly<Record<number, string>> = { 40: "\u001b[33m", 50: "\u001b[31m", 60: "\u001b[31m" };

export interface Sink {
  /** One record, as a line of JSON. */
  write(line: string): void;
  close(): Promise<void>;
}

/** Where records go: masked, to the console in the chosen style, and to the file as JSON lines. */
export function createSink(options: SinkOptions): Sink {
  const file = options.file === undefined ? undefined : new LogFile(options.file, options.maxFileBytes);
  return {
    write(line) {
      const record = parse(line);
      const safe = options.redactor.redact(jsonLine(record));
      if (record.level >= RANK[options.level]) {
        file?.write(safe);
        options.onFileLine?.(safe);
      }
      if (record.level < RANK[options.consoleLevel]) return;
      options.print(
        options.consoleStyle === "json" ? safe : options.redactor.redact(pretty(record, options.hasColor)),
      );
    },
    close: () => file?.close() ?? Promise.resolve(),
  };
}

interface LogRecord {
  readonly level: number;
  readonly time: number;
  readonly msg: string;
  readonly rest: Readonly<Record<string, unknown>>;
}

function parse(line: string): LogRecord {
  // The line was written by pino a moment ago, with these members.
  const { level, time, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  return {
    level: typeof level === "number" ? level : RANK.info,
    time: typeof time === "number" ? time : 0,
    msg: typeof msg === "string" ? msg : "",
    rest,
  };
}

const LABEL = new Map(Object.entries(RANK).map(([label, rank]) => [rank, label]));

const timeOf = (record: LogRecord): string => new Date(record.time).toISOString().replace("Z", "+00:00");

/** The names under which the reference's clients look for level, time and text; they show nothing else of it. */
function jsonLine(record: LogRecord): string {
  const { level, rest } = record;
  const label = LABEL.get(level) ?? "info";
  return JSON.stringify({ time: timeOf(record), level: label, ...rest, message: textOf(record) });
}

/** `message key=value` */
function textOf({ msg, rest: { subsystem: _subsystem, err: _err, ...facts } }: LogRecord): string {
  const pairs = Object.entries(facts).map(([key, value]) => {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    return ` ${key}=${text.includes(" ") ? JSON.stringify(text) : text}`;
  });
  return `${msg}${pairs.join("")}`;
}

/** `2026-11-20T18:48:29.527+00:00 [gateway] message key=value` */
function pretty(record: LogRecord, hasColor: boolean): string {
  const { subsystem, err } = record.rest;
  const where = typeof subsystem === "string" ? `[${subsystem}] ` : "";
  const stack = typeof err === "object" && err !== null && "stack" in err ? `\n${String(err.stack)}` : "";
  const body = `${where}${textOf(record)}${stack}`;
  const color = hasColor ? COLOR[record.level] : undefined;
  const time = timeOf(record);
  return color === undefined ? `${time} ${body}` : `${time} ${color}${body}\u001b[0m`;
}

/** A log file that never grows beyond its bound twice: when it is full it becomes `<name>.1`, once. */
class LogFile {
  readonly #path: string;
  readonly #bytesMax: number;
  #stream: WriteStream;
  #bytes: number;
  /** Settles when the files before this one are complete. */
  #written: Promise<unknown> = Promise.resolve();

  constructor(file: string, bytesMax: number) {
    this.#path = path.resolve(file);
    this.#bytesMax = bytesMax;
    mkdirSync(path.dirname(this.#path), { recursive: true });
    this.#bytes = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  /** Opened at once, so that what was written before a rotation goes to the file that was there before it. */
  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { fd: openSync(this.#path, "a", 0o600) });
    // A full disk must not end the gateway; the console still has the record.
    stream.on("error", () => {});
    return stream;
  }

  write(line: string): void {
    const text = line.endsWith("\n") ? line : `${line}\n`;
    const bytes = Buffer.byteLength(text);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#bytesMax) this.#rotate();
    this.#bytes += bytes;
    this.#stream.write(text);
  }

  #rotate(): void {
    const before = this.#stream;
    const written = Promise.withResolvers<void>();
    before.once("error", () => written.resolve());
    before.end(() => written.resolve());
    this.#written = Promise.all([this.#written, written.promise]);
    try {
      renameSync(this.#path, `${this.#path}.1`);
    } catch {
      // Somebody else moved it; a new one is begun all the same.
    }
    this.#stream = this.#open();
    this.#bytes = 0;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stream.once("error", () => resolve());
    this.#stream.end(resolve);
    await Promise.all([this.#written, promise]);
  }
}
