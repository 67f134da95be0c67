import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempDisposableSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { createSessionStore } from "./sessions.ts";

const CHILD = path.join(import.meta.dirname, "..", "testing", "append-until-killed.ts");
const ACKNOWLEDGED = 200;

/** Reads acknowledgements until there are enough, then kills without warning. */
async function killAfter(child: ChildProcess, acknowledgements: number): Promise<string[]> {
  const heard: string[] = [];
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  if (child.stdout === null) throw new Error("the child has no stdout");
  for await (const line of createInterface({ input: child.stdout })) {
    heard.push(line);
    if (heard.length >= acknowledgements) child.kill("SIGKILL");
  }
  await gone;
  return heard;
}

test("[ST7] what was acknowledged before kill -9 is there after it, once, and in order", async () => {
  using folder = mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-kill-"));
  const child = spawn(process.execPath, [CHILD, folder.path], { stdio: ["ignore", "pipe", "inherit"] });

  const acknowledged = await killAfter(child, ACKNOWLEDGED);

  const database = openDatabase({ stateDir: folder.path, clock: { now: () => 1 } });
  const store = createSessionStore(database);
  const records = await store.since("t", 0, Number.MAX_SAFE_INTEGER);
  const keys = records.map((record) => record.idempotencyKey ?? "");
  expect(acknowledged.length).toBeGreaterThanOrEqual(ACKNOWLEDGED);
  expect(acknowledged.filter((key) => !keys.includes(key))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(records.map((record) => record.seq)).toEqual(records.map((_, index) => index + 1));
  expect(database.integrity()).toEqual([]);
  const [entry] = await store.loadEntries();
  expect(entry?.lastMessageText).toBe(keys.at(-1));
  database.close();
});
