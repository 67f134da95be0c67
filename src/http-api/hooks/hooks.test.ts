import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { isTemplate, render } from "./template.ts";
import { HookThrottle } from "./throttle.ts";

const TOKEN = "the-token-of-the-hooks";

async function openHooks(hooks: Record<string, unknown> = {}) {
  const gateway = await openTestGateway({ config: { hooks: { enabled: true, token: TOKEN, ...hooks } } });
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  return { post, gateway, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

test("[HK1] a hook is let in by its own token only, and never by one in the address", async () => {
  await using hooks = await openHooks();
  const body = { text: "knock" };
  const wrong = await hooks.post("/hooks/wake", body, { authorization: `Bearer ${hooks.gateway.token}` });
  const inUrl = await hooks.post(`/hooks/wake?token=${TOKEN}`, body);
  const header = await hooks.post("/hooks/wake", body, { authorization: "", "x-openclaw-token": TOKEN });

  expect(wrong).toMatchObject({ status: 401, text: "Unauthorized" });
  expect(inUrl.status).toBe(400);
  expect(header.status).toBe(200);
});

test("[HK1] guessing is slowed down, whoever knows the token is not", () => {
  const clock = createTestClock();
  const throttle = new HookThrottle(clock);
  for (let count = 0; count < 20; count += 1) expect(throttle.failed("a")).toBeUndefined();

  expect(throttle.failed("a")).toBe(60);
  expect(throttle.failed("b")).toBeUndefined();
  clock.advance(60_000);
  expect(throttle.failed("a")).toBeUndefined();
  throttle.succeeded("a");
  expect(throttle.failed("a")).toBeUndefined();
});

test("[HK2] the same wake twice in a row is one", async () => {
  await using hooks = await openHooks();
  const wake = { text: "knock", mode: "next-heartbeat" };
  const first = await hooks.post("/hooks/wake", wake);
  const second = await hooks.post("/hooks/wake", wake);

  expect(JSON.parse(first.text)).toEqual({ ok: true, mode: "next-heartbeat", eventOutcome: "queued" });
  expect(JSON.parse(second.text)).toMatchObject({ eventOutcome: "coalesced" });
});

test.for([
  ["/hooks/wake", {}, "text required"],
  ["/hooks/agent", {}, "message required"],
  ["/hooks/agent", { message: "x", sessionKey: "hook:x" }, "sessionKey is disabled"],
  ["/hooks/agent", { message: "x", agentId: "nobody" }, "nobody"],
  ["/hooks/agent", { message: "x", channel: "telegram" }, "channel must be last"],
  ["/hooks/agent", { message: "x", to: "y" }, "channel and to must be set together"],
  ["/hooks/agent", { message: "x", sessionMode: "z" }, "sessionMode must be isolated or persistent"],
  ["/hooks/agent", { message: "x", waitForCompletion: 1 }, "waitForCompletion must be boolean"],
] as const)("[HK3] %s refuses %j", async ([path, body, error]) => {
  await using hooks = await openHooks();
  const answer = await hooks.post(path, body);
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text)).toMatchObject({ ok: false });
  expect(JSON.parse(answer.text).error).toContain(error);
});

test("[HK4] a key is used once, and whoever waits hears how it ended, not what was said", async () => {
  await using hooks = await openHooks();
  const hook = { message: "do it", idempotencyKey: "k", deliver: false, waitForCompletion: true };
  const first = JSON.parse((await hooks.post("/hooks/agent", hook)).text);
  const again = JSON.parse((await hooks.post("/hooks/agent", hook)).text);
  const other = JSON.parse((await hooks.post("/hooks/agent", { ...hook, message: "do more" })).text);

  expect(first).toMatchObject({ ok: true, completion: { status: "ok", replyDisposition: "visible" } });
  expect(again.runId).toBe(first.runId);
  expect(other.runId).not.toBe(first.runId);
});

test("[HK5] the first mapping that fits makes the action; one for each item where it says so", async () => {
  await using hooks = await openHooks({
    mappings: [
      {
        match: { path: "mail" },
        forEach: "mails",
        messageTemplate: "Mail {{mails[0].subject}}",
        deliver: false,
      },
      { match: { path: "wake", source: "github" }, action: "wake", textTemplate: "{{action}}" },
    ],
  });
  const many = await hooks.post("/hooks/mail", { mails: [{ subject: "a" }, { subject: "b" }] });
  const none = await hooks.post("/hooks/mail", { mails: [] });
  const unknown = await hooks.post("/hooks/nope", {});

  expect(JSON.parse(many.text)).toMatchObject({ ok: true, dispatched: 2 });
  expect([none.status, unknown.status]).toEqual([204, 404]);
});

test("[HK5] templates see data and nothing but data", () => {
  const context = {
    payload: { a: { b: ["x", { c: 1 }] }, empty: null },
    headers: { "x-kind": "K" },
    query: { q: "v" },
    path: "mail",
    now: "now",
  };
  const text =
    "{{a.b[0]}} {{payload.a.b[1]}} {{headers.X-Kind}} {{query.q}} {{path}} [{{empty}}{{constructor.name}}]";
  expect(render(text, context)).toBe('x {"c":1} K v mail []');
  expect([isTemplate("{{a}}"), isTemplate("a")]).toEqual([true, false]);
});
