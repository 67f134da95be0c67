import { POLICY } from "../../schemas/policy.ts";
import type { Claim, Idempotency } from "../domain/idempotency/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "./database.ts";

interface Row {
  readonly run_id: string;
  readonly settled_at: number | null;
  readonly ok: number | null;
  readonly payload: string | null;
}

/** Claims between two clean-ups; each looks at the age of everything. */
const CLAIMS_PER_SWEEP = 1_000;

/**
 * Answers survive a restart; a claim that was in flight when the process ended does not, see [ST6]. What it did is
 * not known, and the reference, which keeps its claims in memory, would do it again as well.
 */
export function createIdempotency(database: Database, clock: Pick<Clock, "now">): Idempotency {
  let sinceSweep = CLAIMS_PER_SWEEP;
  database.writeNow(() => database.run("DELETE FROM idempotency WHERE settled_at IS NULL"));

  const sweep = (now: number): void => {
    if (++sinceSweep < CLAIMS_PER_SWEEP) return;
    sinceSweep = 0;
    database.run("DELETE FROM idempotency WHERE claimed_at < ?", now - POLICY.idempotencyRetentionMs);
    const excess = `
      DELETE FROM idempotency WHERE (method, key) IN
        (SELECT method, key FROM idempotency ORDER BY claimed_at DESC LIMIT -1 OFFSET ?)`;
    database.run(excess, POLICY.idempotencyRecordsMax);
  };

  return {
    claim: (method, key, runId) =>
      database.write((): Claim => {
        const now = clock.now();
        sweep(now);
        const sql = "SELECT run_id, settled_at, ok, payload FROM idempotency WHERE method = ? AND key = ?";
        const row = database.one<Row>(sql, method, key);
        if (row === undefined) {
          const insert = "INSERT INTO idempotency (method, key, run_id, claimed_at) VALUES (?, ?, ?, ?)";
          database.run(insert, method, key, runId, now);
          return { state: "new" };
        }
        if (row.settled_at === null) return { state: "in-flight", runId: row.run_id };
        const payload = row.payload === null ? undefined : (JSON.parse(row.payload) as unknown);
        return { state: "stored", ok: row.ok === 1, payload };
      }),
    settle: (method, key, outcome) =>
      database.write(() => {
        const sql = "UPDATE idempotency SET settled_at = ?, ok = ?, payload = ? WHERE method = ? AND key = ?";
        const payload = outcome.payload === undefined ? null : JSON.stringify(outcome.payload);
        database.run(sql, clock.now(), outcome.ok ? 1 : 0, payload, method, key);
      }),
  };
}
