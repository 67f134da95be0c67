import { expect, test } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

async function create(client: TestClient, ...keys: string[]): Promise<void> {
  for (const key of keys) await client.call("sessions.create", { key });
}

const keysOf = (payload: Record<string, unknown>): unknown[] =>
  (payload["sessions"] as { key: string }[]).map((row) => row.key);

test("[SE5] an empty gateway lists nothing, with its defaults and no one store", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read"] });

  const { payload } = await client.call("sessions.list");

  expect(payload).toMatchObject({
    path: "(multiple)",
    count: 0,
    totalCount: 0,
    limitApplied: 100,
    nextOffset: null,
    hasMore: false,
    owners: [],
    sessions: [],
    defaults: { modelSelectionTarget: "session", agentRuntime: { id: "auto" } },
  });
});

test.for([
  { params: { limit: 0 }, text: "invalid sessions.list params: at /limit: must be >= 1" },
  { params: { search: 5 }, text: "invalid sessions.list params: at /search: must be string" },
  { params: { foo: 1 }, text: "invalid sessions.list params: at root: unexpected property 'foo'" },
])("[SE5] refuses $params", async ({ params, text }) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("sessions.list", params);

  expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST", message: text } });
});

test("[SE6] global and unknown are listed on request only, runs of cron jobs never", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await create(client, "global", "unknown", "cron:job", "cron:job:run:1", "plain");

  const usual = await client.call("sessions.list");
  const all = await client.call("sessions.list", { includeGlobal: true, includeUnknown: true });
  const people = await client.call("sessions.list", { excludeCron: true });

  expect(keysOf(usual.payload).sort()).toEqual(["agent:main:cron:job", "agent:main:plain"]);
  expect(keysOf(all.payload)).toContain("global");
  expect(keysOf(all.payload)).toContain("unknown");
  expect(keysOf(all.payload)).not.toContain("agent:main:cron:job:run:1");
  expect(keysOf(people.payload)).toEqual(["agent:main:plain"]);
});

test("[SE7] what a caller is to a session depends on its scopes", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await create(admin, "a");

  const asAdmin = await admin.call("sessions.describe", { key: "a" });
  const asReader = await reader.call("sessions.describe", { key: "a" });

  expect(asAdmin.payload).toMatchObject({ session: { key: "agent:main:a", sharingRole: "admin" } });
  expect(asReader.payload).toMatchObject({ session: { key: "agent:main:a", sharingRole: "owner" } });
});

test.for([
  [{}, "Either key, sessionId, label, shortId, or reference is required"],
  [{ key: "a", label: "b" }, "Provide either key, sessionId, label, shortId, or reference (not multiple)"],
  [{ key: "nope" }, "No session found: nope"],
  [{ label: "nope" }, "No session found with label: nope"],
  [{ shortId: "zz" }, "shortId must be 8-32 hexadecimal characters"],
  [{ key: "agent::x" }, 'malformed session key "agent::x"'],
] as const)("[SE8] sessions.resolve refuses %j", async ([params, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("sessions.resolve", params);

  expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", message: text });
});

test("[SE8] a session is found by its key, its id and its label", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const made = await client.call("sessions.create", { key: "a", label: "Label A" });
  const found = { ok: true, key: "agent:main:a", agentId: "main" };
  const sessionId = String(made.payload["sessionId"]);

  for (const params of [{ key: "A " }, { sessionId }, { label: "Label A" }]) {
    expect((await client.call("sessions.resolve", params)).payload).toEqual(found);
  }
  expect((await client.call("sessions.resolve", { key: "b", allowMissing: true })).payload).toEqual({
    ok: false,
  });
});

test("[SE8] the link of the Control UI leads to the session whose key ends in its id", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("sessions.create", {});
  const id = String(payload["key"])
    .replace(/^agent:main:dashboard:/, "")
    .replaceAll("-", "");
  const resolve = async (shortId: string, agentId?: string) =>
    (await client.call("sessions.resolve", { shortId, allowMissing: true, ...(agentId && { agentId }) }))
      .payload;
  const found = { ok: true, key: payload["key"], agentId: "main" };

  expect(await resolve(id)).toEqual(found);
  expect(await resolve(id.slice(0, 8).toUpperCase(), "main")).toEqual(found);
  expect(await resolve(id.slice(0, 12), "other")).toEqual({ ok: false });
  expect(await resolve(String(payload["sessionId"]).replaceAll("-", ""))).toEqual({ ok: false });
});

test("[SE11] previews and the search show what was said", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", { sessionKey: "a", message: "quokkas at dawn", idempotencyKey: "k" });
  await client.event("chat", (payload) => payload["state"] === "final");

  const preview = await client.call("sessions.preview", { keys: ["a", "nope"] });
  const search = await client.call("sessions.search", { query: "quokkas" });
  const nothing = await client.call("sessions.search", { query: '"* OR' });

  expect(preview.payload["previews"]).toMatchObject([
    { key: "a", status: "ok", items: [{ role: "user", text: "quokkas at dawn" }, { role: "assistant" }] },
    { key: "nope", status: "missing", items: [] },
  ]);
  expect(search.payload["results"]).toContainEqual(
    expect.objectContaining({ sessionKey: "agent:main:a", role: "user", snippet: "quokkas at dawn" }),
  );
  expect(nothing.payload).toEqual({ results: [] });
});
