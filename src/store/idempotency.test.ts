import { mkdtempDisposableSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { POLICY } from "../../schemas/policy.ts";
import { openDatabase } from "./database.ts";
import { createIdempotency } from "./idempotency.ts";

function open(stateDir: string, now = 1_000) {
  const clock = { now: () => now };
  const database = openDatabase({ stateDir, clock });
  return {
    database,
    idempotency: createIdempotency(database, clock),
    [Symbol.dispose]: () => database.close(),
  };
}

function stateFolder() {
  return mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-claims-"));
}

test("[ST6] of two claims on one key only one is new, and the answer comes back after a restart", async () => {
  using folder = stateFolder();
  {
    using first = open(folder.path);
    const [one, two] = await Promise.all([
      first.idempotency.claim("send", "k", "run-1"),
      first.idempotency.claim("send", "k", "run-2"),
    ]);
    expect(one).toEqual({ state: "new" });
    expect(two).toEqual({ state: "in-flight", runId: "run-1" });
    await first.idempotency.settle("send", "k", { ok: false, payload: { code: "UNAVAILABLE" } });
  }

  using second = open(folder.path);
  const again = await second.idempotency.claim("send", "k", "run-3");
  expect(again).toEqual({ state: "stored", ok: false, payload: { code: "UNAVAILABLE" } });
});

test("[ST6] a claim that nobody settled before the process ended is free again", async () => {
  using folder = stateFolder();
  {
    using first = open(folder.path);
    await first.idempotency.claim("send", "k", "run-1");
  }

  using second = open(folder.path);
  expect(await second.idempotency.claim("send", "k", "run-2")).toEqual({ state: "new" });
});

test("[ST6] answers older than the retention are forgotten", async () => {
  using folder = stateFolder();
  {
    using first = open(folder.path);
    await first.idempotency.claim("send", "k", "run-1");
    await first.idempotency.settle("send", "k", { ok: true, payload: null });
  }

  using later = open(folder.path, 1_001 + POLICY.idempotencyRetentionMs);
  expect(await later.idempotency.claim("send", "k", "run-2")).toEqual({ state: "new" });
});
