import { expect, test } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const REVIEWER = { caps: ["approvals"] };

function ask(client: TestClient, id: string, more: Record<string, unknown> = {}): string {
  return client.request("exec.approval.request", { id, command: "ls", ...more });
}

const isOf = (id: string) => (payload: Record<string, unknown>) => payload["id"] === id;

test("[AP1] a request waits for a reviewer, who hears of it, decides, and is told that it was so", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect(REVIEWER);

  const request = ask(asker, "one", { sessionKey: "agent:main:main" });
  const requested = await reviewer.event("exec.approval.requested");
  const listed = await reviewer.call("exec.approval.list");
  const resolved = await reviewer.call("exec.approval.resolve", { id: "one", decision: "allow-once" });

  expect(requested.payload).toMatchObject({ id: "one", approvalKind: "exec", request: { command: "ls" } });
  expect(listed.payload).toMatchObject([{ id: "one" }]);
  expect(resolved.payload).toEqual({ ok: true });
  expect((await asker.response(request)).payload).toMatchObject({ id: "one", decision: "allow-once" });
  const event = await reviewer.event("exec.approval.resolved");
  expect(event.payload).toMatchObject({ decision: "allow-once", resolvedBy: "gateway-client" });
  expect(asker.events.filter(({ event: name }) => name.startsWith("exec."))).toEqual([]);
});

test("[AP2] what nobody else could see is denied at once; the requester itself is nobody else", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect(REVIEWER);
  await using _weak = await gateway.connect({ ...REVIEWER, scopes: ["operator.approvals"] });

  const exec = await asker.call("exec.approval.request", { id: "alone", command: "ls", twoPhase: true });
  const plugin = await asker.call("plugin.approval.request", { title: "T", description: "D" });

  expect(exec.payload).toMatchObject({ id: "alone", decision: null });
  expect(plugin.payload).toMatchObject({ decision: null });
  const history = await asker.call("approval.history", { kind: "exec" });
  expect(history.payload).toMatchObject({
    items: [{ id: "alone", status: "denied", reason: "no-route", decision: "deny" }],
  });
  expect(asker.events.filter(({ event }) => event.includes("approval"))).toEqual([]);
});

test("[AP3] time ends an approval as a no that nobody said", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect(REVIEWER);

  const request = ask(asker, "late", { timeoutMs: 1_000 });
  await reviewer.event("exec.approval.requested");
  clock.advance(1_000);

  expect((await asker.response(request)).payload).toMatchObject({ decision: null });
  const event = await reviewer.event("exec.approval.resolved", isOf("late"));
  expect(event.payload).toMatchObject({ decision: "deny", resolvedBy: null });
  const tooLate = await reviewer.call("exec.approval.resolve", { id: "late", decision: "allow-once" });
  expect(tooLate.error.details).toEqual({ reason: "APPROVAL_ALREADY_RESOLVED" });
});

test("[AP4] the same decision again is no error, another one is; an id is used once", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect(REVIEWER);
  ask(asker, "one");
  await reviewer.event("exec.approval.requested");
  const resolve = (decision: string) => reviewer.call("exec.approval.resolve", { id: "one", decision });

  expect((await resolve("maybe")).error.message).toBe("invalid decision");
  expect((await resolve("deny")).ok).toBe(true);
  expect((await resolve("deny")).ok).toBe(true);
  expect((await resolve("allow-once")).error.message).toBe("approval already resolved");
  const again = await asker.response(ask(asker, "one"));
  expect(again.error.message).toBe("approval id already pending");
});

test("[AP5] who is no admin sees what it asked itself, and nothing else", async () => {
  await using gateway = await openTestGateway();
  await using weak = await gateway.connect({ scopes: ["operator.approvals"] });
  await using other = await gateway.connect({ scopes: ["operator.approvals"] });
  await using reviewer = await gateway.connect(REVIEWER);
  ask(weak, "mine");
  await reviewer.event("exec.approval.requested");

  expect((await weak.call("exec.approval.list")).payload).toHaveLength(1);
  expect((await other.call("exec.approval.list")).payload).toEqual([]);
  const resolved = await other.call("exec.approval.resolve", { id: "mine", decision: "deny" });
  expect(resolved.error.details).toMatchObject({ reason: "APPROVAL_NOT_FOUND" });
  const page = await weak.call("approval.get", { id: "mine" });
  expect(page.error).toMatchObject({ message: "approval not found" });
});

test.for([
  { kind: "plugin", decision: "allow-once" },
  { kind: "exec", decision: "perhaps" },
  { kind: "exec", decision: "allow-once", surprise: 1 },
])("[AP6] approval.resolve takes what is no clear yes for a no: %j", async (verdict) => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect(REVIEWER);
  const request = ask(asker, "one");
  await reviewer.event("exec.approval.requested");

  const judged = await reviewer.call("approval.resolve", { id: "one", ...verdict });

  expect(judged.payload).toMatchObject({
    applied: true,
    approval: { status: "denied", reason: "malformed-verdict" },
  });
  expect((await asker.response(request)).payload).toMatchObject({ decision: "deny" });
});

test("[AP7] who is asked always cannot be told once and for all; two phases are two answers", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect();
  await using reviewer = await gateway.connect(REVIEWER);
  const request = ask(asker, "one", { ask: "always", twoPhase: true });
  const accepted = await asker.response(request);
  const resolve = (decision: string) => reviewer.call("exec.approval.resolve", { id: "one", decision });

  expect(accepted.payload).toMatchObject({ status: "accepted", deliveryRoute: "approval-client" });
  const always = await resolve("allow-always");
  expect(always.error.details).toEqual({ reason: "APPROVAL_ALLOW_ALWAYS_UNAVAILABLE" });
  await resolve("allow-once");
  expect((await asker.response(request, 2)).payload).toMatchObject({ decision: "allow-once" });
});

test("[AP8] the history is read page by page, latest first, and a cursor of another make is refused", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using asker = await gateway.connect();
  for (const id of ["a", "b", "c"]) {
    clock.advance(1);
    await asker.response(ask(asker, id));
  }
  const ids = (payload: Record<string, unknown>) =>
    (payload["items"] as { id: string }[]).map(({ id }) => id);

  const first = await asker.call("approval.history", { limit: 2 });
  const second = await asker.call("approval.history", { limit: 2, cursor: first.payload["nextCursor"] });
  const wrong = await asker.call("approval.history", { cursor: "abc" });
  const terse = await asker.call("approval.history", { limit: 0 });

  expect([ids(first.payload), ids(second.payload)]).toEqual([["c", "b"], ["a"]]);
  expect(second.payload).not.toHaveProperty("nextCursor");
  expect(wrong.error.message).toBe("invalid approval.history cursor");
  expect(terse.error.message).toBe("invalid approval.history params");
});
