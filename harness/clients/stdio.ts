import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { commandEnvironment } from "../reference/command-line.ts";
import type { Place } from "./client.ts";

const PATIENCE_MS = 90_000;
const STOP_MS = 10_000;

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: Readonly<Record<string, unknown>>;
}

/** A command of the installed reference that speaks JSON-RPC, one message a line, over its standard streams. */
export interface Bridge extends AsyncDisposable {
  call(method: string, params: unknown): Promise<Message>;
  tell(method: string, params?: unknown): void;
  /** What it said without having been asked. */
  readonly notices: readonly Message[];
}

export function openBridge(place: Place, args: readonly string[]): Bridge {
  const program = join(place.reference, "node_modules", "openclaw", "openclaw.mjs");
  const child = spawn(place.node, [program, ...args], {
    cwd: place.home,
    env: commandEnvironment(place.home),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = new Map<number | string, (message: Message) => void>();
  const notices: Message[] = [];
  let complaint = "";
  child.stderr.on("data", (piece: Buffer) => {
    complaint = (complaint + piece.toString()).slice(-500);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = parsed(line);
    if (message === undefined) return;
    const taker =
      message.method === undefined && message.id !== undefined ? waiting.get(message.id) : undefined;
    if (taker === undefined) notices.push(message);
    else taker(message);
  });
  const send = (message: object): void => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  };
  let count = 0;
  return {
    notices,
    tell: (method, params) => send({ method, ...(params === undefined ? {} : { params }) }),
    async call(method, params) {
      count += 1;
      const id = count;
      const { promise, resolve, reject } = Promise.withResolvers<Message>();
      waiting.set(id, resolve);
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}: ${complaint}`)), PATIENCE_MS);
      child.once("exit", () => reject(new Error(`ended before it answered ${method}: ${complaint}`)));
      send({ id, method, params });
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    [Symbol.asyncDispose]: () => stop(child),
  };
}

function parsed(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.stdin?.end();
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(timer);
}
