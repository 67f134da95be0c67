import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { zstdDecompressSync } from "node:zlib";
import Sqlite from "better-sqlite3";

/** A session of a reference, as its databases hold it. */
export interface ReferenceSession {
  readonly key: string;
  readonly agentId: string;
  /** The entry as the reference wrote it. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** The events of the branch that is in use, oldest first. */
  readonly events: readonly ReferenceEvent[];
}

export interface ReferenceEvent {
  readonly id: string;
  readonly type: string;
  readonly createdAt: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ReferenceState {
  readonly agents: readonly string[];
  sessions(agentId: string): Generator<ReferenceSession>;
  /** How many transcripts a reset or a fork left behind, which are not the one in use. */
  olderTranscripts(agentId: string): number;
  /** Rows per table of what nobody takes over yet. */
  leftBehind(): Readonly<Record<string, number>>;
  close(): void;
}

/** An event larger than this is damage and not data. */
const EVENT_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Opens the state folder of a reference. Its databases are copied first and only the copies are opened: not even a
 * lock or a shared-memory file is left in the folder.
 */
export function openReferenceState(folder: string): ReferenceState {
  const scratch = mkdtempSync(path.join(tmpdir(), "understudy-import-"));
  const open: Sqlite.Database[] = [];
  const openCopy = (file: string, name: string): Sqlite.Database => {
    const copy = path.join(scratch, name);
    for (const suffix of ["", "-wal"])
      if (existsSync(`${file}${suffix}`)) copyFileSync(`${file}${suffix}`, `${copy}${suffix}`);
    const db = new Sqlite(copy);
    open.push(db);
    return db;
  };
  const agentFiles = new Map(
    listFolders(path.join(folder, "agents"))
      .map((id) => [id, path.join(folder, "agents", id, "agent", "openclaw-agent.sqlite")] as const)
      .filter(([, file]) => existsSync(file)),
  );
  const databases = new Map<string, Sqlite.Database>();
  const agentDb = (id: string): Sqlite.Database => {
    const file = agentFiles.get(id);
    if (file === undefined) throw new Error(`no agent ${id} in ${folder}`);
    const known = databases.get(id) ?? openCopy(file, `agent-${databases.size}.sqlite`);
    databases.set(id, known);
    return known;
  };
  const sharedFile = path.join(folder, "state", "openclaw.sqlite");
  return {
    agents: [...agentFiles.keys()],
    sessions: (agentId) => readSessions(agentDb(agentId), agentId),
    olderTranscripts: (agentId) => countOlder(agentDb(agentId)),
    leftBehind: () => (existsSync(sharedFile) ? countRows(openCopy(sharedFile, "state.sqlite")) : {}),
    close() {
      for (const db of open) db.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((item) => item.isDirectory())
    .map((item) => item.name);
}

interface NodeRow {
  readonly session_key: string;
  readonly current_session_id: string;
  readonly entry_json: string;
}

interface EventRow {
  readonly event_id: string | null;
  readonly event_json: string | null;
  readonly event_zstd: Buffer | null;
  readonly created_at: number;
}

function* readSessions(db: Sqlite.Database, agentId: string): Generator<ReferenceSession> {
  const nodes = db
    .prepare<[], NodeRow>(
      "SELECT session_key, current_session_id, entry_json FROM session_nodes ORDER BY updated_at",
    )
    .all();
  const events = db.prepare<[string], EventRow>(
    `SELECT identity.event_id, event.event_json, event.event_zstd, event.created_at
     FROM session_transcript_active_events AS active
     JOIN transcript_events AS event ON event.session_id = active.session_id AND event.seq = active.event_seq
     LEFT JOIN transcript_event_identities AS identity
       ON identity.session_id = event.session_id AND identity.seq = event.seq
     WHERE active.session_id = ? ORDER BY active.active_position`,
  );
  for (const node of nodes) {
    const entry = parseObject(node.entry_json);
    if (entry === undefined) continue;
    const rows = events.all(node.current_session_id);
    yield { key: node.session_key, agentId, entry, events: rows.flatMap(toEvent) };
  }
}

function toEvent(row: EventRow): ReferenceEvent[] {
  const text =
    row.event_json ??
    (row.event_zstd === null
      ? ""
      : zstdDecompressSync(row.event_zstd, { maxOutputLength: EVENT_BYTES_MAX }).toString("utf8"));
  const body = parseObject(text);
  const id = row.event_id ?? body?.["id"];
  if (body === undefined || typeof id !== "string") return [];
  return [{ id, type: String(body["type"]), createdAt: row.created_at, body }];
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? Object.fromEntries(Object.entries(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function countOlder(db: Sqlite.Database): number {
  const sql =
    "SELECT count(*) AS count FROM session_windows WHERE session_id NOT IN (SELECT current_session_id FROM session_nodes)";
  return db.prepare<[], { count: number }>(sql).get()?.count ?? 0;
}

/** What a person would miss, by the tables that hold it. */
const LEFT_BEHIND: Readonly<Record<string, string>> = {
  acp_sessions: "ACP sessions",
  audit_events: "audit records",
  channel_pairing_allow_entries: "channel allowlist entries",
  cron_jobs: "cron jobs",
  device_pairing_paired: "paired devices",
  exec_approvals_config: "exec approval settings",
  projects: "projects",
  secret_store_entries: "stored secrets",
  session_groups: "session groups",
  subagent_runs: "sub-agent runs",
  task_runs: "task records",
  user_profiles: "user profiles",
  web_push_subscriptions: "web push subscriptions",
  worktrees: "worktrees",
};

function countRows(db: Sqlite.Database): Record<string, number> {
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all();
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const label = Object.hasOwn(LEFT_BEHIND, name) ? LEFT_BEHIND[name] : undefined;
    if (label === undefined) continue;
    const row = db.prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${name}"`).get();
    if (row !== undefined && row.count > 0) counts[label] = (counts[label] ?? 0) + row.count;
  }
  return counts;
}
