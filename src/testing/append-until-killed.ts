/**
 * Appends messages as fast as they become durable and prints the key of each one that is, until somebody kills it.
 * Run as a process of its own: `node append-until-killed.ts <stateDir>`.
 */
import { writeSync } from "node:fs";
import type { Entry } from "../domain/sessions/index.ts";
import { openDatabase } from "../store/database.ts";
import { createSessionStore } from "../store/sessions.ts";

const IN_FLIGHT = 4;
const [stateDir] = process.argv.slice(2);
if (stateDir === undefined) throw new Error("usage: append-until-killed.ts <stateDir>");
const store = createSessionStore(openDatabase({ stateDir, clock: { now: () => 1 } }));
let next = 0;

const entry: Entry = {
  key: "agent:main:main",
  sessionId: "t",
  agentId: "main",
  createdAt: 1,
  updatedAt: 1,
  createdVia: "operator",
  lifecycleRevision: "r",
  transcriptId: "t",
};

async function appendForever(): Promise<never> {
  for (;;) {
    const key = `key-${next++}`;
    const message = { role: "user", content: key, timestamp: 1 } as const;
    const added = { id: `id-${key}`, recordedAt: 1, idempotencyKey: key, message, text: key };
    await store.append("t", added, { ...entry, lastMessageText: key });
    writeSync(1, `${key}\n`);
  }
}

await Promise.all(Array.from({ length: IN_FLIGHT }, appendForever));
