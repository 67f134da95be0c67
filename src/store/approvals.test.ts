import { expect, test } from "vitest";
import { createApprovals, type Party } from "../domain/approvals/index.ts";
import { systemIds } from "../platform/ids.ts";
import { createTestClock } from "../testing/clock.ts";
import { createApprovalStore } from "./approvals.ts";
import { openDatabase } from "./database.ts";

const ADMIN: Party = {
  connId: "c1",
  role: "operator",
  scopes: ["operator.admin"],
  caps: ["approvals"],
  client: { id: "cli" },
};

test("[AP12] what waited when the gateway ended is cancelled at the next start, and its id stays used", async () => {
  const clock = createTestClock();
  const database = openDatabase({ stateDir: undefined, clock });
  const parts = {
    store: createApprovalStore(database),
    clock,
    ids: systemIds,
    events: { publish: () => undefined },
    parties: () => [ADMIN, { ...ADMIN, connId: "c2" }],
  };
  await createApprovals(parts).open("exec", { id: "one", command: "ls" }, ADMIN);

  const restarted = createApprovals(parts);
  await restarted.recover();

  const { items } = await restarted.history({});
  expect(items).toMatchObject([{ id: "one", status: "cancelled", reason: "gateway-restart" }]);
  expect(restarted.pending("exec", ADMIN)).toEqual([]);
  await expect(restarted.open("exec", { id: "one", command: "ls" }, ADMIN)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: "approval request unavailable",
  });
  database.close();
});

test("[AP12] the history keeps the latest ends, and forgets the oldest beyond its bound", async () => {
  const database = openDatabase({ stateDir: undefined, clock: createTestClock() });
  const store = createApprovalStore(database);
  const record = (id: string, at: number) => ({
    id,
    kind: "exec" as const,
    request: { agentId: null, sessionKey: null },
    allowedDecisions: [],
    createdAtMs: at,
    expiresAtMs: at,
    connId: "c",
    reviewerDeviceIds: [],
    ending: { status: "expired", reason: "timeout", at, resolver: { kind: "system" } } as const,
  });
  for (const at of [1, 2, 3]) await store.save(record(`a${at}`, at), 2);

  expect((await store.ended({ limit: 9 })).map(({ id }) => id)).toEqual(["a3", "a2"]);
  expect(await store.ended({ limit: 9, kind: "plugin" })).toEqual([]);
  const after = { resolvedAtMs: 3, id: "a3" };
  expect((await store.ended({ limit: 9, after })).map(({ id }) => id)).toEqual(["a2"]);
  database.close();
});
