import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { TimedOut, within } from "./bounded.ts";

export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Output of the process is kept here, appended over restarts. */
  readonly logPath: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const TAIL_CHARACTERS_MAX = 4000;
const AFTER_KILL_MS = 15_000;
/** What the pipes may still hold once the process has gone. */
const LAST_WORDS_MS = 200;

/** Process groups that still live; an interrupted referee takes them with it. */
const living = new Set<number>();
let isWatching = false;

function killGroup(pid: number): void {
  if (pid <= 0) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody is left in the group: that is what we want.
  }
}

function watchOwnEnd(): void {
  if (isWatching) return;
  isWatching = true;
  process.once("exit", () => {
    for (const pid of living) killGroup(pid);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(2));
  }
}

/** One gateway process in a process group of its own, so that nothing it started outlives it. */
export class GatewayProcess {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  #child: ChildProcess;
  #tail = "";
  #exit: Exit | undefined;

  constructor(options: ProcessOptions) {
    this.#child = spawn(options.command, [...options.args], {
      cwd: options.cwd,
      env: { ...options.env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log = createWriteStream(options.logPath, { flags: "a" });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.pipe(log, { end: false });
      stream?.on("data", (bytes: Buffer) => {
        this.#tail = (this.#tail + bytes.toString("utf8")).slice(-TAIL_CHARACTERS_MAX);
      });
    }
    this.pid = this.#child.pid ?? -1;
    living.add(this.pid);
    watchOwnEnd();
    this.exited = new Promise((resolve) => {
      const done = (exit: Exit): void => {
        if (this.#exit !== undefined) return;
        this.#exit = exit;
        killGroup(this.pid);
        living.delete(this.pid);
        for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.destroy();
        log.end();
        resolve(exit);
      };
      this.#child.once("error", (error) => {
        this.#tail += error.message;
        done({ code: 127, signal: null });
      });
      this.#child.once("close", (code, signal) => done({ code, signal }));
      // `close` waits for the pipes, which a child of the gateway in a group of its own may hold open.
      this.#child.once("exit", (code, signal) => {
        killGroup(this.pid);
        setTimeout(() => done({ code, signal }), LAST_WORDS_MS);
      });
    });
  }

  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** The last output, for error messages. */
  get tail(): string {
    return this.#tail;
  }

  async kill(): Promise<Exit> {
    if (this.#exit === undefined) this.#child.kill("SIGKILL");
    return within(this.exited, AFTER_KILL_MS, `pid ${this.pid} after SIGKILL`);
  }

  /** SIGTERM, and SIGKILL when it has not gone after the grace. */
  async stop(graceMs: number): Promise<Exit> {
    if (this.#exit !== undefined) return this.#exit;
    this.#child.kill("SIGTERM");
    try {
      return await within(this.exited, graceMs, `pid ${this.pid} after SIGTERM`);
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      return this.kill();
    }
  }
}
