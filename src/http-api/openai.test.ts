import { expect, test } from "vitest";
import { TestDevice } from "../testing/device.ts";
import { deviceClient } from "../testing/device-client.ts";
import { openTestGateway } from "../testing/gateway.ts";

const CONFIG = {
  gateway: { http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } },
};

interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function openApi(config: Record<string, unknown> = CONFIG) {
  const gateway = await openTestGateway({ config });
  const ask = async (path: string, { method = "POST", token, body, headers }: Sent = {}) => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${token ?? gateway.token}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return { ask, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

const HI = [{ role: "user", content: "hi" }];
const CHAT = "/v1/chat/completions";

test("[HT9] what is switched off is not there", async () => {
  await using api = await openApi({});
  for (const path of [CHAT, "/v1/responses", "/v1/embeddings"]) {
    expect(await api.ask(path, { body: {} })).toMatchObject({ status: 404, text: "Not Found" });
  }
});

test("[HT9] a turn is answered as a completion, with what it cost", async () => {
  await using api = await openApi();
  const { status, text } = await api.ask(CHAT, { body: { model: "openclaw", messages: HI } });

  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    object: "chat.completion",
    model: "openclaw",
    choices: [
      { index: 0, message: { role: "assistant", content: expect.any(String) }, finish_reason: "stop" },
    ],
    usage: { total_tokens: expect.any(Number) },
  });
});

test("[HT10] a streamed turn begins with its role and ends with [DONE]; its pieces make up the answer", async () => {
  await using api = await openApi();
  const whole = await api.ask(CHAT, { body: { model: "openclaw", messages: HI } });
  const { text } = await api.ask(CHAT, {
    body: { model: "openclaw", stream: true, stream_options: { include_usage: true }, messages: HI },
  });
  const lines = text.trim().split("\n\n");
  const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.replace("data: ", "")));

  expect(lines.at(-1)).toBe("data: [DONE]");
  expect(chunks[0].choices).toEqual([{ index: 0, delta: { role: "assistant" }, finish_reason: null }]);
  expect(chunks.at(-2).choices[0].finish_reason).toBe("stop");
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: {} });
  const pieces = chunks.slice(1, -2).map((chunk) => chunk.choices[0].delta.content);
  // The model of the test echoes what it was asked, with the minute it was asked in.
  const length = JSON.parse(whole.text).choices[0].message.content.length;
  expect(pieces.join("")).toHaveLength(length);
});

test("[HT10] a response is told in events that build it up", async () => {
  await using api = await openApi();
  const { text } = await api.ask("/v1/responses", { body: { model: "openclaw", stream: true, input: "hi" } });
  const names = [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);

  expect(names.slice(0, 4)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
  ]);
  expect(names.at(-1)).toBe("response.completed");
  expect(text.trim().endsWith("data: [DONE]")).toBe(true);
});

test.for([
  ["notjson", 400, "Unexpected token"],
  [[], 400, ": Invalid input: expected object, received array"],
  [{ model: 5, messages: HI }, 400, "model: Invalid input: expected string, received number"],
  [{ model: "gpt-4", messages: HI }, 400, "Invalid `model`. Use `openclaw` or `openclaw/<agentId>`."],
  [{ model: "openclaw/nobody", messages: HI }, 400, "Unknown agent 'nobody'."],
  [{ model: "openclaw", messages: [] }, 400, "Missing user message in `messages`."],
  [{ model: "openclaw", messages: HI, temperature: 3 }, 400, "`temperature` must be between 0 and 2."],
  [
    { model: "openclaw", messages: HI, max_tokens: 0 },
    400,
    "max_tokens: Too small: expected number to be >0",
  ],
  [
    { model: "openclaw", messages: HI, stop: [""] },
    400,
    "Invalid stop: stop entries must be non-empty strings",
  ],
  [{ model: "openclaw", messages: HI, seed: 1.5 }, 400, "`seed` must be an integer."],
] as const)("[HT11] %j is refused as the reference refuses it", async ([body, status, message]) => {
  await using api = await openApi();
  const answer = await api.ask(CHAT, { body });
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text).error).toMatchObject({ type: "invalid_request_error" });
  expect(JSON.parse(answer.text).error.message).toContain(message);
});

test("[HT11] sessions that only the gateway opens are not to be had by name", async () => {
  await using api = await openApi();
  const body = { model: "openclaw", messages: HI };
  for (const key of ["subagent:x", "agent:main:cron:x", "ACP:y"]) {
    const answer = await api.ask(CHAT, { body, headers: { "x-openclaw-session-key": key } });
    expect(answer.status).toBe(400);
  }
});

test("[HT12] nothing is read, run or told without the secret", async () => {
  await using api = await openApi();
  for (const path of [CHAT, "/v1/responses", "/v1/embeddings", "/tools/invoke"]) {
    const answer = await api.ask(path, { token: "wrong", body: "x".repeat(100) });
    expect(answer).toMatchObject({
      status: 401,
      text: '{"error":{"message":"Unauthorized","type":"unauthorized"}}',
    });
  }
  for (const path of ["/v1/models", "/sessions/main/history"]) {
    expect(await api.ask(path, { method: "GET", token: "wrong" })).toMatchObject({ status: 401 });
  }
});

test("[HT12] a body beyond the bound is refused before it is looked at", async () => {
  await using api = await openApi();
  const answer = await api.ask("/tools/invoke", { body: "x".repeat(3 * 1024 * 1024) });
  expect(answer).toMatchObject({
    status: 413,
    text: '{"error":{"message":"Payload too large","type":"invalid_request_error"}}',
  });
});

test("[HT13] agents are listed as models, each under its own name as well", async () => {
  await using api = await openApi();
  const list = JSON.parse((await api.ask("/v1/models", { method: "GET" })).text);
  const one = await api.ask("/v1/models/openclaw%2Fdefault", { method: "GET" });
  const none = await api.ask("/v1/models/openclaw%2Fnobody", { method: "GET" });

  expect(list.data.map((row: { id: string }) => row.id)).toEqual([
    "openclaw",
    "openclaw/default",
    "openclaw/main",
  ]);
  expect(JSON.parse(one.text)).toMatchObject({ id: "openclaw/default", object: "model" });
  expect(none).toMatchObject({ status: 404 });
});

test("[HT14] a session's messages come newest page first, with a cursor to what was before", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const key = "agent:main:told";
  await client.call("sessions.create", { key });
  for (const message of ["one", "two", "three"])
    await client.call("chat.inject", { sessionKey: key, message });
  const read = async (query: string) => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}/sessions/${key}/history${query}`, {
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  const last = await read("?limit=2");
  const first = await read(`?limit=2&cursor=${last.body.nextCursor}`);
  expect(last.body).toMatchObject({ sessionKey: key, hasMore: true, nextCursor: "2" });
  expect(first.body).toMatchObject({ hasMore: false, items: [{ content: [{ text: "one" }] }] });
  expect(await read("?limit=0")).toMatchObject({ status: 400 });
});

test("[HT14] ending a session takes an administrator's own token, not the secret that all share", async () => {
  await using gateway = await openTestGateway();
  await using device = await deviceClient(gateway, new TestDevice(), { scopes: ["operator.admin"] });
  await device.call("sessions.create", { key: "agent:main:busy" });
  const kill = async (token: string) => {
    const url = `http://127.0.0.1:${gateway.port}/sessions/agent:main:busy/kill`;
    return (await fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status;
  };

  expect(await kill(gateway.token)).toBe(403);
  expect(await kill("nobody")).toBe(401);
  expect(await kill(String(device.auth.deviceToken))).toBe(200);
});
