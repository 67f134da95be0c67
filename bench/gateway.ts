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

export interface GatewayOptions {
  /** Merged over the configuration that both gateways get. */
  readonly config?: Record<string, unknown>;
}

/** A gateway process of its own, on a HOME of its own, gone with everything when disposed. */
export class RunningGateway implements AsyncDisposable {
  readonly subject: Subject;
  readonly port: number;
  /** From the call of spawn to the first accepted TCP connection, and to the first hello-ok. */
  readonly listeningMs: number;
  readonly helloMs: number;
  readonly #child: ChildProcess;
  readonly #home: string;

  private constructor(started: {
    subject: Subject;
    port: number;
    listeningMs: number;
    helloMs: number;
    child: ChildProcess;
    home: string;
  }) {
    this.subject = started.subject;
    this.port = started.port;
    this.listeningMs = started.listeningMs;
    this.helloMs = started.helloMs;
    this.#child = started.child;
    this.#home = started.home;
  }

  static async start(subject: Subject, options: GatewayOptions = {}): Promise<RunningGateway> {
    const port = await freePort();
    const home = mkdtempSync(join(tmpdir(), "bench-home-"));
    writeConfig(home, port, options.config ?? {});
    const startedAt = performance.now();
    const child = spawn(subject.command, [...subject.args, "--port", String(port)], {
      cwd: home,
      env: environment(home),
      stdio: "ignore",
      detached: true,
    });
    try {
      const deadline = startedAt + subject.readyWithinMs;
      await until(deadline, child, () => accepts(port));
      const listeningMs = performance.now() - startedAt;
      const client = await until(deadline, child, () => BenchClient.connect(`ws://127.0.0.1:${port}`, TOKEN));
      const helloMs = performance.now() - startedAt;
      await client[Symbol.asyncDispose]();
      return new RunningGateway({ subject, port, listeningMs, helloMs, child, home });
    } catch (error) {
      await stop(child);
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  connect(options?: ClientOptions): Promise<BenchClient> {
    return BenchClient.connect(`ws://127.0.0.1:${this.port}`, TOKEN, options);
  }

  /** Resident memory of the gateway's biggest process, in bytes: a launcher that waits beside it does not count. */
  residentBytes(): number {
    const group = readdirSync("/proc").filter(
      (entry) => /^\d+$/.test(entry) && groupOf(entry) === this.#child.pid,
    );
    return Math.max(...group.map(residentBytesOf));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await stop(this.#child);
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
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

function environment(home: string): Record<string, string> {
  return {
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
