import { POLICY } from "../../schemas/policy.ts";
import type { Claim, Job, RunEntry } from "../domain/cron/job.ts";
import type { CronStore, RunQuery, Scratch } from "../domain/cron/store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "./database.ts";

interface ScratchRow {
  readonly revision: number;
  readonly updated_at: number;
  readonly content: string | null;
}

/** The jobs over SQLite. */
export function createCronStore(database: Database, clock: Pick<Clock, "now">): CronStore {
  const put = (job: Job, claim: Claim | undefined): void => {
    const sql = `
      INSERT INTO cron_job (id, declaration_key, body, claim) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET declaration_key = excluded.declaration_key,
        body = excluded.body, claim = excluded.claim`;
    const claimed = claim === undefined ? null : JSON.stringify(claim);
    database.run(sql, job.id, job.declarationKey ?? null, JSON.stringify(job), claimed);
  };

  /** The history is bounded in age and, per job, in length. */
  const sweep = (jobId: string): void => {
    database.run("DELETE FROM cron_run WHERE ended_at < ?", clock.now() - POLICY.cronRunRetentionMs);
    const excess = `
      DELETE FROM cron_run WHERE job_id = ? AND position IN
        (SELECT position FROM cron_run WHERE job_id = ? ORDER BY position DESC LIMIT -1 OFFSET ?)`;
    database.run(excess, jobId, jobId, POLICY.cronRunsPerJobMax);
  };

  const scratchOf = (jobId: string): Scratch | undefined => {
    const sql = "SELECT revision, updated_at, content FROM cron_scratch WHERE job_id = ?";
    const row = database.one<ScratchRow>(sql, jobId);
    return row && { revision: row.revision, updatedAtMs: row.updated_at, content: row.content };
  };

  return {
    load: async () =>
      database.all<{ body: string; claim: string | null }>("SELECT body, claim FROM cron_job").map((row) => ({
        // Both columns are written above and nowhere else.
        job: JSON.parse(row.body) as Job,
        ...(row.claim === null ? {} : { claim: JSON.parse(row.claim) as Claim }),
      })),
    put: (job, claim) => database.write(() => put(job, claim)),
    remove: (jobId) =>
      database.write(() => {
        database.run("DELETE FROM cron_job WHERE id = ?", jobId);
        database.run("DELETE FROM cron_scratch WHERE job_id = ?", jobId);
      }),
    conclude: (entry, job) =>
      database.write(() => {
        const sql = `
          INSERT INTO cron_run (run_id, job_id, ended_at, status, delivery_status, body)
          VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING`;
        const { runId, jobId, ts, status, deliveryStatus } = entry;
        database.run(sql, runId, jobId, ts, status, deliveryStatus, JSON.stringify(entry));
        if (job === undefined) database.run("DELETE FROM cron_job WHERE id = ?", jobId);
        else put(job, undefined);
        sweep(jobId);
      }),
    async runs(query) {
      const { where, values } = conditions(query);
      const total = database.one<{ count: number }>(
        `SELECT count(*) AS count FROM cron_run ${where}`,
        ...values,
      );
      const order = query.isOldestFirst ? "ASC" : "DESC";
      const page = `SELECT body FROM cron_run ${where} ORDER BY position ${order} LIMIT ? OFFSET ?`;
      const rows = database.all<{ body: string }>(page, ...values, query.limit, query.offset);
      return { entries: rows.map((row) => JSON.parse(row.body) as RunEntry), total: total?.count ?? 0 };
    },
    scratch: async (jobId) => scratchOf(jobId),
    setScratch: (jobId, content, expectedRevision) =>
      database.write(() => {
        const present = scratchOf(jobId) ?? { revision: 0, updatedAtMs: 0, content: null };
        if (expectedRevision !== undefined && expectedRevision !== present.revision) {
          return { isStored: false, scratch: present };
        }
        const next = { revision: present.revision + 1, updatedAtMs: clock.now(), content };
        const sql = `
          INSERT INTO cron_scratch (job_id, revision, updated_at, content) VALUES (?, ?, ?, ?)
          ON CONFLICT (job_id) DO UPDATE SET revision = excluded.revision,
            updated_at = excluded.updated_at, content = excluded.content`;
        database.run(sql, jobId, next.revision, next.updatedAtMs, content);
        return { isStored: true, scratch: next };
      }),
  };
}

/** Only question marks go into the text, so the number of statements stays small. */
function conditions(query: RunQuery): { where: string; values: unknown[] } {
  const parts: string[] = [];
  const values: unknown[] = [];
  const among = (column: string, wanted: readonly string[] | undefined): void => {
    if (wanted === undefined) return;
    parts.push(`${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(wanted));
  };
  among("job_id", query.jobIds);
  among("status", query.statuses);
  among("delivery_status", query.deliveryStatuses);
  among("run_id", query.runId === undefined ? undefined : [query.runId]);
  if (query.text !== undefined) {
    parts.push("instr(lower(body), ?) > 0");
    values.push(query.text.toLowerCase());
  }
  return { where: parts.length === 0 ? "" : `WHERE ${parts.join(" AND ")}`, values };
}
