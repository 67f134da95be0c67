import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempDisposableSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { connectClient, type TestClient } from "./client.ts";
import { TEST_TOKEN } from "./config.ts";

const CHILD = path.join(import.meta.dirname, "gateway-process.ts");
const SESSIONS = 10;
const MESSAGES = 200;
const sessionOf = (index: number) => `kill-${index % SESSIONS}`;

interface Running extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
}

/** A gateway in a process of its own, once it listens. */
async function start(stateDir: string): Promise<Running> {
  const child = spawn(process.execPath, [CHILD, stateDir], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  if (child.stdout === null) throw new Error("the gateway has no stdout");
  for await (const url of createInterface({ input: child.stdout })) {
    const dispose = async () => {
      child.kill("SIGKILL");
      await exited;
    };
    return { url, child, [Symbol.asyncDispose]: dispose };
  }
  throw new Error("the gateway ended before it listened");
}

/** Sends without waiting in between, and kills once enough was acknowledged. */
async function sendAndKill(gateway: Running): Promise<string[]> {
  const client = await connectClient(gateway.url, TEST_TOKEN);
  const acknowledged: string[] = [];
  const send = async (index: number) => {
    const idempotencyKey = `message-${index}`;
    const params = { sessionKey: sessionOf(index), message: `text ${index}`, idempotencyKey };
    const answer = await client.call("chat.send", params);
    if (answer.ok) acknowledged.push(idempotencyKey);
    if (acknowledged.length === MESSAGES) gateway.child.kill("SIGKILL");
  };
  await Promise.allSettled(Array.from({ length: MESSAGES }, (_, index) => send(index)));
  await client.closed;
  return acknowledged;
}

/** What each session shows: messages that were said, and those that wait. */
async function shown(client: TestClient): Promise<string[]> {
  const keys: string[] = [];
  for (let index = 0; index < SESSIONS; index += 1) {
    const { payload } = await client.call("chat.history", { sessionKey: sessionOf(index), limit: 1_000 });
    for (const message of payload["messages"] as { role: string; idempotencyKey?: string }[]) {
      if (message.role === "user") keys.push(message.idempotencyKey?.replace(/:user$/, "") ?? "");
    }
    const { items } = payload["pendingInputs"] as { items: { runId?: string; idempotencyKey?: string }[] };
    for (const item of items) keys.push(item.runId ?? item.idempotencyKey ?? "");
  }
  return keys;
}

test("[ST8] every chat.send that was acknowledged before kill -9 is shown after a restart, once", async () => {
  using folder = mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-kill-"));
  let acknowledged: string[];
  {
    await using gateway = await start(folder.path);
    acknowledged = await sendAndKill(gateway);
  }

  await using gateway = await start(folder.path);
  await using client = await connectClient(gateway.url, TEST_TOKEN);
  const keys = await shown(client);

  expect(acknowledged).toHaveLength(MESSAGES);
  expect(acknowledged.filter((key) => !keys.includes(key))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
}, 60_000);
