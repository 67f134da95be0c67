import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[RN37] a model that there is not ends the run, with what came of it beside the error", async () => {
  await using gateway = await openTestGateway();
  const client = await gateway.connect({ scopes: ["operator.read", "operator.write"] });
  const told = client.event("chat", (payload) => payload["state"] === "error");
  const id = client.request("agent", { message: "x", model: "nope/none", idempotencyKey: "a" });

  const accepted = await client.response(id, 1);
  const failed = await client.response(id, 2);

  const summary = expect.stringMatching(/^Unknown model: nope\/none\. Run `openclaw models list /);
  expect(accepted).toMatchObject({ ok: true, payload: { status: "accepted" } });
  expect(failed).toMatchObject({
    ok: false,
    payload: { runId: "a", status: "error", summary },
    error: { code: "UNAVAILABLE", message: summary },
  });
  expect((await told).payload).toMatchObject({ runId: "a", errorMessage: summary });
});

test("[RN44] a session of another agent than the one that was named is refused", async () => {
  await using gateway = await openTestGateway({
    config: { agents: { entries: { main: { default: true }, second: {} } } },
  });
  await using client = await gateway.connect();
  const asked = { message: "x", sessionKey: "agent:main:f", agentId: "second", idempotencyKey: "b" };

  const { error } = await client.call("agent", asked);

  expect(error).toMatchObject({
    code: "INVALID_REQUEST",
    message: expect.stringMatching(/The agent-scoped session key belongs to "main", not "second"\.$/),
  });
});

test("[RN45] a run of agent is a task that tells how far it is; a chat is none", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  type Shown = { status: string; execution: { state: string }; lastActivity?: string; runId: string };
  // A client looks at what it has already heard again and again, so each is taken once.
  const heard = new Set<Shown>();
  const ended = client.event("task", (payload) => {
    const task = payload["task"] as Shown;
    heard.add(task);
    return task.status === "completed";
  });
  const chat = client.event("chat", (payload) => payload["state"] === "final" && payload["runId"] === "c");
  await client.call("chat.send", { sessionKey: "other", message: "hi", idempotencyKey: "c" });
  await chat;
  await client.call("agent", { message: "hello", sessionKey: "agent:main:t", idempotencyKey: "a" });
  await ended;
  const told = [...heard];

  expect(told.map(({ execution }) => execution.state)).toEqual([
    "unknown",
    "running",
    "running",
    "running",
    "finished",
    "finished",
  ]);
  expect(told.every(({ runId }) => runId === "a")).toBe(true);
  expect(told.at(-2)).toMatchObject({ status: "running", lastActivity: expect.stringContaining("hello") });
  expect(told.at(-1)).toMatchObject({ terminalSummary: "completed", sessionKey: "agent:main:t" });
  expect(told.at(-1)).not.toHaveProperty("lastActivity");
});

test.for([
  ["High", 'Thinking level "high" is not supported for offline/echo. Use one of: off.'],
  ["bogus", "Invalid thinking level. Use one of: off."],
] as const)("a run that asks for thinking level %s is told what its model has", async ([
  thinking,
  summary,
]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const id = client.request("agent", { message: "x", thinking, idempotencyKey: "th" });
  await client.response(id, 1);

  expect(await client.response(id, 2)).toMatchObject({
    ok: false,
    payload: { runId: "th", status: "error", summary },
    error: { code: "UNAVAILABLE", message: summary },
  });
});

test("a run that says /new begins its session anew, and goes on with what is said after it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const sessionKey = "agent:main:anew";
  const history = async () =>
    (
      (await client.call("chat.history", { sessionKey })).payload as { messages: { role: string }[] }
    ).messages.filter(({ role }) => role !== "system");
  const first = client.request("agent", { message: "hi", sessionKey, idempotencyKey: "n1" });
  await client.response(first, 2);
  expect(await history()).toHaveLength(2);

  const { payload } = await client.call("agent", { message: "/new", sessionKey, idempotencyKey: "n2" });

  expect(payload).toMatchObject({
    runId: "n2",
    status: "ok",
    summary: "completed",
    result: {
      payloads: [{ text: "✅ New session started.", isStatusNotice: true }],
      meta: { durationMs: 0 },
    },
  });
  expect(await history()).toEqual([]);
  const next = client.request("agent", { message: "/reset hello", sessionKey, idempotencyKey: "n3" });
  await client.response(next, 2);
  expect(await history()).toMatchObject([{ role: "user", content: "hello" }, { role: "assistant" }]);
});

test("a session that is named by an id has that id; one of an agent that is gone is refused", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const id = client.request("agent", { message: "x", sessionId: "My-Sid.2", idempotencyKey: "s1" });
  await client.response(id, 1);
  expect(await client.response(id, 2)).toMatchObject({
    payload: {
      result: { meta: { agentMeta: { sessionId: "My-Sid.2", sessionFile: "agent:main:explicit:my-sid.2" } } },
    },
  });

  const { error } = await client.call("agent", {
    message: "x",
    sessionKey: "agent:nope:x",
    idempotencyKey: "s2",
  });

  expect(error).toMatchObject({
    code: "INVALID_REQUEST",
    message: 'Agent "nope" no longer exists in configuration',
  });
});
