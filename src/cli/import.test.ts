import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { openDatabase } from "../store/database.ts";
import { createSessionStore } from "../store/sessions.ts";
import { runCli } from "./main.ts";

const KEY = "agent:main:main";
const SESSION = "287b98dc-95f9-4d68-a5ff-4dfcdb072baa";

/** The columns that are read, in a database of the reference's form; what else it has does not matter here. */
const SCHEMA = `
  CREATE TABLE session_nodes (session_key TEXT PRIMARY KEY, current_session_id TEXT, entry_json TEXT, updated_at INTEGER);
  CREATE TABLE session_windows (session_id TEXT PRIMARY KEY, session_key TEXT);
  CREATE TABLE transcript_events (session_id TEXT, seq INTEGER, event_json TEXT, event_zstd BLOB, created_at INTEGER);
  CREATE TABLE transcript_event_identities (session_id TEXT, event_id TEXT, seq INTEGER);
  CREATE TABLE session_transcript_active_events (session_id TEXT, active_position INTEGER, event_seq INTEGER);`;

interface Reference {
  readonly folder: string;
  readonly db: DatabaseSync;
  say(role: "user" | "assistant", text: string, isActive?: boolean): void;
}

async function reference(folder: string): Promise<Reference> {
  const agentDir = path.join(folder, "agents", "main", "agent");
  await mkdir(agentDir, { recursive: true });
  const db = new DatabaseSync(path.join(agentDir, "openclaw-agent.sqlite"));
  db.exec(`PRAGMA journal_mode = WAL; ${SCHEMA}`);
  const entry = {
    sessionId: SESSION,
    createdAt: 1,
    updatedAt: 9,
    createdVia: "operator",
    lifecycleRevision: "r1",
    label: "Talk",
    status: "running",
    skillsSnapshot: { prompt: "long" },
    delivery: { kind: "internal" },
  };
  db.prepare("INSERT INTO session_nodes VALUES (?, ?, ?, 9)").run(KEY, SESSION, JSON.stringify(entry));
  db.prepare("INSERT INTO session_windows VALUES (?, ?), ('older', ?)").run(SESSION, KEY, KEY);
  let seq = 0;
  const add = (body: Record<string, unknown>, isActive: boolean): void => {
    const id = `e${seq}`;
    db.prepare("INSERT INTO transcript_events VALUES (?, ?, ?, NULL, ?)").run(
      SESSION,
      seq,
      JSON.stringify({ ...body, id }),
      100 + seq,
    );
    db.prepare("INSERT INTO transcript_event_identities VALUES (?, ?, ?)").run(SESSION, id, seq);
    if (isActive)
      db.prepare("INSERT INTO session_transcript_active_events VALUES (?, ?, ?)").run(SESSION, seq, seq);
    seq++;
  };
  add({ type: "thinking_level_change" }, true);
  return {
    folder,
    db,
    say: (role, text, isActive = true) =>
      add(
        {
          type: "message",
          message: {
            role,
            content: text,
            timestamp: 5,
            idempotencyKey: `k${seq}`,
            __openclaw: { runId: "run" },
          },
        },
        isActive,
      ),
  };
}

interface Rig extends AsyncDisposable {
  readonly reference: Reference;
  run(...args: string[]): Promise<Record<string, unknown>>;
  stored(): Promise<{ entry: Record<string, unknown> | undefined; texts: unknown[] }>;
}

async function rig(): Promise<Rig> {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-import-test-"));
  const from = await reference(path.join(folder, "reference"));
  const stateDir = path.join(folder, "state");
  return {
    reference: from,
    async run(...args) {
      let out = "";
      const env = { HOME: folder, OPENCLAW_STATE_DIR: stateDir };
      const terminal = { env, hasColor: false, out: (text: string) => void (out += text), error: () => {} };
      expect(await runCli(["import", "--from", from.folder, "--json", ...args], terminal)).toBe(0);
      return JSON.parse(out) as Record<string, unknown>;
    },
    async stored() {
      const database = openDatabase({ stateDir, clock: systemClock });
      try {
        const store = createSessionStore(database);
        const entry = (await store.loadEntries()).find(({ key }) => key === KEY);
        const page = entry === undefined ? [] : await store.page(entry.transcriptId, 100);
        return { entry: entry && { ...entry }, texts: page.map(({ message }) => message.content) };
      } finally {
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {
      from.db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test("[CL9] sessions and the branch in use are taken over, once", async () => {
  await using on = await rig();
  on.reference.say("user", "hi");
  on.reference.say("assistant", "left behind", false);
  on.reference.say("assistant", "hello");
  expect(await on.run()).toMatchObject({
    sessions: 1,
    known: 0,
    messages: 2,
    notImported: { "transcript records that are no messages": 1 },
  });
  expect(await on.run()).toMatchObject({ sessions: 0, known: 1, messages: 0 });
  const { entry, texts } = await on.stored();
  expect(texts).toEqual(["hi", "hello"]);
  expect(entry).toMatchObject({
    sessionId: SESSION,
    label: "Talk",
    createdAt: 1,
    // A run that was active there is not active here.
    status: "killed",
    abortedLastRun: true,
    extra: { delivery: { kind: "internal" } },
  });
  expect(entry?.["extra"]).not.toHaveProperty("skillsSnapshot");
  // What is new since then follows.
  on.reference.say("user", "more");
  expect(await on.run()).toMatchObject({ known: 1, messages: 1 });
  expect((await on.stored()).texts).toEqual(["hi", "hello", "more"]);
});

test("[CL9] a dry run says the same and writes nothing", async () => {
  await using on = await rig();
  on.reference.say("user", "hi");
  expect(await on.run("--dry-run")).toMatchObject({ dryRun: true, sessions: 1, messages: 1 });
  expect((await on.stored()).entry).toBeUndefined();
});

test("[CL9] a session that went on here is left alone", async () => {
  await using on = await rig();
  on.reference.say("user", "hi");
  await on.run();
  const stateDir = path.join(on.reference.folder, "..", "state");
  const database = openDatabase({ stateDir, clock: systemClock });
  const store = createSessionStore(database);
  const [entry] = await store.loadEntries();
  if (entry === undefined) throw new Error("nothing was imported");
  const message = { role: "user", content: "only here", timestamp: 6 } as const;
  await store.append(entry.transcriptId, { id: "own", recordedAt: 6, message, text: "only here" }, entry);
  database.close();
  on.reference.say("assistant", "only there");
  expect(await on.run()).toMatchObject({ diverged: 1, messages: 0 });
  expect((await on.stored()).texts).toEqual(["hi", "only here"]);
});

test("[CL9] the folder of the reference is left as it was", async () => {
  await using on = await rig();
  on.reference.say("user", "hi");
  const before = await readdir(on.reference.folder, { recursive: true });
  await on.run();
  expect(await readdir(on.reference.folder, { recursive: true })).toEqual(before);
});
