import { expect, test } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

async function say(client: TestClient, sessionKey: string, message: string): Promise<void> {
  await client.call("chat.send", { sessionKey, message, idempotencyKey: message });
  await client.event("chat", (chat) => chat["state"] === "final" && chat["runId"] === message);
}

async function messages(client: TestClient, sessionKey: string) {
  const { payload } = await client.call("chat.history", { sessionKey });
  return payload["messages"] as { role: string; content: unknown; __openclaw: { id: string; seq: number } }[];
}

test.for([
  [{ key: "agent:nope:x" }, 'Unknown agent id "nope"'],
  [{ agentId: "nope" }, 'Unknown agent id "nope"'],
  [{ key: "agent::x" }, 'malformed session key "agent::x"'],
  [{ parentSessionKey: "agent:main:zzz" }, "unknown parent session: agent:main:zzz"],
  [{ fork: true }, "fork requires parentSessionKey"],
  [{ succeedsParent: true }, "succeedsParent requires parentSessionKey"],
  [{ spawnDepth: 1 }, "spawnDepth requires parentSessionKey"],
  [{ projectId: "x" }, "unknown project id: x"],
  [{ catalogId: "x" }, "unknown session catalog: x"],
] as const)("[SE17] sessions.create refuses %j", async ([params, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call("sessions.create", params);

  expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", message: text });
  expect((await client.call("sessions.list")).payload["count"]).toBe(0);
});

test("[SE17] creating a session that is there takes it up; without a key it gets one of its own", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const first = await client.call("sessions.create", { key: "a" });
  const again = await client.call("sessions.create", { key: "agent:main:A" });
  const own = await client.call("sessions.create", {});

  expect(again.payload["sessionId"]).toBe(first.payload["sessionId"]);
  expect(own.payload["key"]).toMatch(/^agent:main:dashboard:[0-9a-f-]{36}$/);
  expect(own.payload).toMatchObject({ runStarted: false, entry: { parentSessionKey: "agent:main:main" } });
});

test("[SE17] a device that repeats its key is told of the session it made, also when its label is taken", async () => {
  await using gateway = await openTestGateway();
  const scopes = ["operator.admin", "operator.read", "operator.write"];
  await using client = await deviceClient(gateway, new TestDevice(), { scopes });
  const params = { label: "mine", idempotencyKey: "k" };

  const first = await client.call("sessions.create", params);
  const again = await client.call("sessions.create", params);

  expect(first.payload["ok"]).toBe(true);
  expect(again.payload).toEqual(first.payload);
  expect((await client.call("sessions.list")).payload["count"]).toBe(1);
});

test("[SE18] a reset keeps the session and starts its transcript over", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await say(client, "a", "one");
  const before = await client.call("sessions.describe", { key: "a" });

  const reset = await client.call("sessions.reset", { key: "a" });
  const left = await messages(client, "a");

  const { sessionId } = before.payload["session"] as { sessionId: string };
  expect(reset.payload).toMatchObject({ ok: true, entry: { sessionId, totalTokens: 0, systemSent: false } });
  expect(left).toMatchObject([
    { role: "system", content: [{ type: "text", text: "Reset" }], __openclaw: { kind: "reset", seq: 1 } },
  ]);
});

test("[SE19] a deleted session is gone with its messages, and the main one cannot be", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.subscribe", {});
  await say(client, "a", "one");

  const other = await client.call("sessions.delete", { key: "a", expectedSessionId: "x" });
  const unarchived = await client.call("sessions.delete", { key: "a", archivedOnly: true });
  const main = await client.call("sessions.delete", { key: "main" });
  const deleted = await client.call("sessions.delete", { key: "a" });
  const again = await client.call("sessions.delete", { key: "a" });
  const event = await client.event("sessions.changed", (payload) => payload["reason"] === "delete");

  expect(other.error).toMatchObject({
    message: "Session agent:main:a changed before deletion. Retry.",
    details: { reason: "session-changed" },
  });
  expect(unarchived.error.message).toBe(
    "Session agent:main:a is not archived. Archive it first, then delete it.",
  );
  expect(main.error.message).toBe("Cannot delete the main session (agent:main:main).");
  expect(deleted.payload).toMatchObject({
    deleted: true,
    archived: [expect.stringContaining(".jsonl.deleted.")],
  });
  expect(again.payload).toEqual({ ok: true, key: "agent:main:a", deleted: false, archived: [] });
  expect(event.payload).toMatchObject({ sessionKey: "agent:main:a" });
  expect(await messages(client, "a")).toEqual([]);
});

test("[SE22] compaction to a number of messages keeps the newest, in a row without gaps", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await say(client, "a", "one");
  await say(client, "a", "two");

  const compacted = await client.call("sessions.compact", { key: "a", maxLines: 1 });
  const nothing = await client.call("sessions.compact", { key: "nope" });

  expect(compacted.payload).toEqual({ ok: true, key: "agent:main:a", compacted: true, kept: 1 });
  expect((await messages(client, "a")).map((message) => message.__openclaw.seq)).toEqual([1]);
  expect(nothing.payload).toEqual({
    ok: true,
    key: "agent:main:nope",
    compacted: false,
    reason: "no sessionId",
  });
});

test("[SE19] who may write throws away what is archived, and nothing else", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using writer = await gateway.connect({ scopes: ["operator.read", "operator.write"] });
  await say(admin, "a", "one");
  const remove = (more: object) => writer.call("sessions.delete", { key: "a", ...more });

  const whole = await remove({});
  const early = await remove({ archivedOnly: true });
  const described = await admin.call("sessions.describe", { key: "a" });
  const { sessionId: expectedSessionId } = described.payload["session"] as { sessionId: string };
  const archived = await admin.call("sessions.patch", { key: "a", archived: true, expectedSessionId });
  const late = await remove({ archivedOnly: true });

  expect(whole.error.message).toBe("missing scope: operator.admin");
  expect(early.error.message).toMatch(/is not archived/);
  expect(archived).toMatchObject({ payload: { ok: true } });
  expect(late).toMatchObject({ payload: { deleted: true } });
});

test("[SE20] a key of blanks names no session, and one that begins with a message is told of as sent to", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.subscribe", {});

  const made = await client.call("sessions.create", { key: "  ", message: "hello" });
  const told = await client.event("sessions.changed");

  expect(made.payload["key"]).toMatch(/^agent:main:dashboard:/);
  expect(told.payload).toMatchObject({ sessionKey: made.payload["key"], reason: "send" });
});

test("[SE11] a fork has the label it was asked for, and a deletion may leave the transcript alone", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:source" });
  const parentSessionKey = "agent:main:source";

  const fork = await client.call("sessions.create", { parentSessionKey, fork: true, label: "Forked" });
  const deleted = await client.call("sessions.delete", { key: fork.payload["key"], deleteTranscript: false });
  const gone = await client.call("sessions.delete", {
    key: fork.payload["key"],
    expectedSessionUpdatedAt: 1,
  });

  expect(fork.payload["entry"]).toMatchObject({ label: "Forked" });
  expect(deleted.payload).toMatchObject({ deleted: true, archived: [] });
  expect(gone.error.message).toMatch(/changed before deletion\. Retry\.$/);
});
