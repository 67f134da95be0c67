import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { BenchClient, type ClientOptions } from "./client.ts";
import type { Subject } from "./subject.ts";

const TOKEN = "bench-token";
const STOP_WITHIN_MS = 30_000;
/** How often the start is looked at. Small beside what is measured, large beside what looking costs. */
const LOOK_EVERY_MS = 4;
const LOOP_LOOK_EVERY_MS = 50;
const LOOP_LOOKS_MAX = 200;

export interface GatewayOptions {
  /** Merged over the configuration that both gateways get. */
  readonly config?: Record<string, unknown>;
  /** Watches the gateway's event loop from within. Costs a little, so only where it is asked for. */
  readonly watchesLoop?: boolean;
}

/** How late the event loop was. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** A gateway process of its own, on a HOME of its own, gone with everything when disposed. */
export class RunningGateway implements AsyncDisposable {
  readonly subject: Subject;
  readonly port: number;
  /** From the call of spawn to the first accepted TCP connection, and to the first hello-ok. */
  readonly listeningMs: number;
  readonly helloMs: number;
  #child: ChildProcess;
  readonly #home: string;
  readonly #env: Record<string, string>;

  private constructor(started: {
    subject: Subject;
    port: number;
    listeningMs: number;
    helloMs: number;
    child: ChildProcess;
    home: string;
    env: Record<string, string>;
  }) {
    this.subject = started.subject;
    this.port = started.port;
    this.listeningMs = started.listeningMs;
    this.helloMs = started.helloMs;
    this.#child = started.child;
    this.#home = started.home;
    this.#env = started.env;
  }

  static async start(subject: Subject, options: GatewayOptions = {}): Promise<RunningGateway> {
    const port = await freePort();
    const home = mkdtempSync(join(tmpdir(), "bench-home-"));
    writeConfig(home, port, options.config ?? {});
    const env = environment(home, options.watchesLoop === true);
    const startedAt = performance.now();
    const child = launch(subject, port, home, env);
    try {
      const { listeningMs, helloMs } = await untilHello(subject, child, port, startedAt);
      return new RunningGateway({ subject, port, listeningMs, helloMs, child, home, env });
    } catch (error) {
      await stop(child);
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** Kills it with SIGKILL and starts it again on the same HOME. Resolves after its first hello-ok. */
  async restart(): Promise<void> {
    this.#child.kill("SIGKILL");
    await stop(this.#child);
    this.#child = launch(this.subject, this.port, this.#home, this.#env);
    await untilHello(this.subject, this.#child, this.port, performance.now());
  }

  connect(options?: ClientOptions): Promise<BenchClient> {
    return BenchClient.connect(`ws://127.0.0.1:${this.port}`, TOKEN, options);
  }

  /** Resident memory of the gateway's biggest process, in bytes: a launcher that waits beside it does not count. */
  residentBytes(): number {
    return residentBytesOf(this.#biggest());
  }

  /** Open files and sockets of that process. */
  handles(): number {
    return readdirSync(`/proc/${this.#biggest()}/fd`).length;
  }

  /** What the event loop did since this was asked last. Only for a gateway started with `watchesLoop`. */
  async loopDelay(): Promise<LoopDelay> {
    const pid = this.#biggest();
    const file = join(this.#home, `${pid}.json`);
    rmSync(file, { force: true });
    process.kill(Number(pid), "SIGCONT");
    for (let looks = 0; looks < LOOP_LOOKS_MAX; looks += 1) {
      await pause(LOOP_LOOK_EVERY_MS);
      const text = readIfThere(file);
      if (text.endsWith("}")) return JSON.parse(text) as LoopDelay;
    }
    throw new Error(`${this.subject.name} did not tell how late its event loop was`);
  }

  #biggest(): string {
    const group = readdirSync("/proc").filter(
      (entry) => /^\d+$/.test(entry) && groupOf(entry) === this.#child.pid,
    );
    const [biggest] = group.sort((a, b) => residentBytesOf(b) - residentBytesOf(a));
    if (biggest === undefined) throw new Error(`${this.subject.name} is not running`);
    return biggest;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stop(this.#child);
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function launch(subject: Subject, port: number, home: string, env: Record<string, string>): ChildProcess {
  return spawn(subject.command, [...subject.args, "--port", String(port)], {
    cwd: home,
    env,
    stdio: "ignore",
    detached: true,
  });
}

async function untilHello(
  subject: Subject,
  child: ChildProcess,
  port: number,
  startedAt: number,
): Promise<{ listeningMs: number; helloMs: number }> {
  const deadline = startedAt + subject.readyWithinMs;
  await until(deadline, child, () => accepts(port));
  const listeningMs = performance.now() - startedAt;
  const client = await until(deadline, child, () => BenchClient.connect(`ws://127.0.0.1:${port}`, TOKEN));
  const helloMs = performance.now() - startedAt;
  await client[Symbol.asyncDispose]();
  return { listeningMs, helloMs };
}

/** The process group of a process, which is 0 when it has just gone. */
function groupOf(pid: string): number {
  const stat = readIfThere(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold spaces; the group is the third field behind it.
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2] ?? 0);
}

function residentBytesOf(pid: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function environment(home: string, watchesLoop: boolean): Record<string, string> {
  const probe = join(import.meta.dirname, "loop-probe.mjs");
  return {
    ...(watchesLoop ? { NODE_OPTIONS: `--import ${probe}`, BENCH_LOOP_FOLDER: home } : {}),
    HOME: home,
    PATH: "/usr/bin:/bin",
    TZ: "UTC",
    LANG: "C.UTF-8",
    OPENCLAW_DISABLE_BONJOUR: "1",
    OPENCLAW_NO_RESPAWN: "1",
    OPENCLAW_SKIP_CHANNELS: "1",
    // Both may keep compiled code between the runs of one measurement, as an installed program does.
    NODE_COMPILE_CACHE: join(tmpdir(), "bench-compile-cache"),
  };
}

function writeConfig(home: string, port: number, extra: Record<string, unknown>): void {
  const folder = join(home, ".openclaw");
  mkdirSync(folder);
  const config = {
    gateway: { port, mode: "local", bind: "loopback", auth: { mode: "token", token: TOKEN } },
    logging: { file: join(home, "gateway.log") },
    ...extra,
  };
  writeFileSync(join(folder, "openclaw.json"), JSON.stringify(config));
}

async function until<Found>(
  deadline: number,
  child: ChildProcess,
  look: () => Promise<Found>,
): Promise<Found> {
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (child.exitCode !== null) throw new Error(`exited ${child.exitCode} before it was ready`);
      if (performance.now() > deadline) throw new Error("not ready in time", { cause: error });
      await pause(LOOK_EVERY_MS);
    }
  }
}

function accepts(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
}

/** A free port whose neighbours +1, +10 and +11 are free as well: the reference binds those lazily. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = await listenOnce(0);
    if (port > 65_000) continue;
    try {
      for (const offset of [1, 10, 11]) await listenOnce(port + offset);
      return port;
    } catch {
      // One of the neighbours is taken: try the next one.
    }
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await Promise.race([gone, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
  }
  try {
    // What it may have started itself, and itself if it did not listen.
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nobody is left in its process group.
  }
}
