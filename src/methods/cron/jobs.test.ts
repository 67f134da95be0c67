import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const TURN = {
  name: "hourly",
  schedule: { kind: "every", everyMs: 3_600_000 },
  sessionTarget: "isolated",
  wakeMode: "now",
  payload: { kind: "agentTurn", message: "look" },
};

test("[CR1] a job is added, read under both names, changed and removed; others hear of it", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const added = await admin.call("cron.add", TURN);
  const id = String(added.payload["id"]);
  const heard = await reader.event("cron", (payload) => payload["jobId"] === id);
  const byId = await admin.call("cron.get", { id });
  const byJobId = await admin.call("cron.get", { jobId: id });
  const off = await admin.call("cron.update", { id, patch: { enabled: false } });
  const hidden = await admin.call("cron.list", { query: "hourly" });
  const shown = await admin.call("cron.list", { query: "hourly", includeDisabled: true });
  const removed = await admin.call("cron.remove", { id });
  const again = await admin.call("cron.remove", { id });

  expect(added.payload).toMatchObject({ enabled: true, delivery: { mode: "announce" } });
  expect(heard.payload["action"]).toBe("added");
  expect(byId.payload).toEqual(byJobId.payload);
  expect(off.payload).not.toHaveProperty("nextRunAtMs");
  expect(hidden.payload["total"]).toBe(0);
  expect(shown.payload["total"]).toBe(1);
  expect(removed.payload).toEqual({ ok: true, removed: true });
  expect(again.error).toMatchObject({
    code: "INVALID_REQUEST",
    details: { code: "CRON_JOB_NOT_FOUND", jobId: id },
  });
});

test("[CR2] an edit of a version that is no longer the present one is refused", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const { payload } = await admin.call("cron.add", TURN);
  const id = payload["id"];
  const first = payload["configRevision"];

  const mine = await admin.call("cron.update", { id, patch: { name: "a" }, expectedConfigRevision: first });
  const late = await admin.call("cron.update", { id, patch: { name: "b" }, expectedConfigRevision: first });

  expect(mine.ok).toBe(true);
  expect(late.error.details).toEqual({
    code: "CRON_JOB_CHANGED",
    expectedConfigRevision: first,
    actualConfigRevision: mine.payload["configRevision"],
  });
});

test("[CR3] a declaration made twice is one job", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const first = await admin.call("cron.add", { ...TURN, declarationKey: "mine" });
  const same = await admin.call("cron.add", { ...TURN, declarationKey: "mine" });
  const other = await admin.call("cron.add", {
    ...TURN,
    declarationKey: "mine",
    payload: { kind: "agentTurn", message: "listen" },
  });

  expect(first.payload).toMatchObject({ created: true });
  expect(same.payload).toMatchObject({ created: false, updated: false });
  expect(other.payload).toMatchObject({ created: false, updated: true });
  expect((await admin.call("cron.list", { query: "mine" })).payload["total"]).toBe(1);
});

test.for([
  [{ schedule: { kind: "cron", expr: "not a cron" } }, /^invalid cron.add params: CronPattern/],
  [{ schedule: { kind: "cron", expr: "0 9 * * *", tz: "Nope/Zone" } }, /Nope\/Zone/],
  [
    { schedule: { kind: "at", at: "2020-01-01T00:00:00Z" } },
    /^schedule.at is in the past: 2020-01-01T00:00:00.000Z/,
  ],
  [{ schedule: { kind: "at", at: "tomorrow-ish" } }, /^Invalid schedule.at: expected ISO-8601 timestamp/],
  [{ sessionTarget: "main" }, /main cron jobs require payload.kind="systemEvent" or "script"$/],
  [{ payload: { kind: "systemEvent", text: "x" } }, /^Error: isolated cron jobs require payload.kind=/],
  [{ agentId: "nobody" }, /^Error: cron job agent is unavailable: nobody$/],
  [{ declarationKey: "heartbeat:main" }, /is system-owned/],
  [{ delivery: { mode: "webhook", to: "ftp://x" } }, /valid http\(s\) URL$/],
  [{ pacing: {} }, /requires at least one of min or max$/],
] as const)("[CR4] a job that cannot be is refused with the reason: %j", async ([change, message]) => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const answer = await admin.call("cron.add", { ...TURN, ...change });

  expect(answer.ok).toBe(false);
  expect(answer.error.message).toMatch(message);
});

test("[CR5] a job without a name is named after its text, and an hourly one is spread", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const { name: _, ...unnamed } = TURN;

  const answer = await admin.call("cron.add", { ...unnamed, schedule: { kind: "cron", expr: "0 * * * *" } });

  expect(answer.payload).toMatchObject({ name: "look", schedule: { staggerMs: 300_000 } });
});

test("[CR1] a page begins at most where the list ends, an id may have blanks around it, short rows have no previews", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const list = async (params: Record<string, unknown>) => (await client.call("cron.list", params)).payload;

  expect(await list({ query: "nothing is called this", offset: 5, limit: 5 })).toMatchObject({
    offset: 0,
    total: 0,
  });
  expect(await list({ compact: true, includeDeliveryPreviews: true })).not.toHaveProperty("deliveryPreviews");
  expect((await client.call("cron.get", { id: " Nope " })).error.details).toMatchObject({ jobId: "Nope" });
});

test.for<[Record<string, unknown>, Record<string, unknown>]>([
  [
    { sessionTarget: "zz", wakeMode: 5 },
    { sessionTarget: "isolated", wakeMode: "now" },
  ],
  [{ sessionTarget: " MAIN ", payload: { kind: "systemEvent", text: "x" } }, { sessionTarget: "main" }],
  [{ sessionTarget: 5, payload: { kind: "systemEvent", text: "x" } }, { sessionTarget: "main" }],
  [{ wakeMode: " NEXT-heartbeat " }, { wakeMode: "next-heartbeat" }],
  [{ name: " " }, { name: "look" }],
  [{ name: 5, payload: { kind: "command", argv: ["ls", "-l"] } }, { name: "ls -l" }],
])("[CR5] what cannot be meant follows from the rest: %j", async ([odd, expected]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("cron.add", { ...TURN, ...odd })).payload).toMatchObject(expected);
});

test("[CR5] a session has a name, and a change of what is not there is not looked at", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  expect((await client.call("cron.add", {})).error.message).toBe(
    "invalid cron.add params: must have required property 'name'",
  );
  const change = { id: "nope", patch: { sessionTarget: "zz", wakeMode: "zz" } };

  expect((await client.call("cron.add", { ...TURN, sessionTarget: "session: " })).error.message).toBe(
    "invalid cron.add params: invalid cron sessionTarget session id",
  );
  expect((await client.call("cron.update", change)).error.details).toMatchObject({
    code: "CRON_JOB_NOT_FOUND",
  });
});

test("[CR1] a job is found by its id, as `cron show` does, and its revision is a short word", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload: made } = await client.call("cron.add", { ...TURN });
  const { id, configRevision } = made as { id: string; configRevision: string };

  const { payload } = await client.call("cron.list", { query: id });

  expect(payload).toMatchObject({ total: 1, jobs: [{ id }], deliveryPreviews: { [id]: {} } });
  expect(configRevision).toMatch(/^sha256:[\w-]{43}$/);
});
