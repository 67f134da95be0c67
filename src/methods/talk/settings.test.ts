import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[TK3] the mode is told to voice clients, the catalog shows what could be, secrets have a scope", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read", "operator.talk"] });
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const mode = await client.call("talk.mode", { enabled: true });
  const catalog = await reader.call("talk.catalog");
  const secrets = await reader.call("talk.config", { includeSecrets: true });

  expect(mode.payload).toMatchObject({ enabled: true, phase: null });
  expect((await client.event("talk.mode")).payload).toEqual(mode.payload);
  expect(catalog.payload).toMatchObject({ realtime: { ready: false }, transcription: { ready: false } });
  expect(secrets.error.details).toMatchObject({
    missingScope: "operator.talk.secrets",
    requiredScopes: ["operator.read", "operator.talk.secrets"],
  });
  expect(reader.events.filter(({ event }) => event === "talk.mode")).toEqual([]);
});

test.for([
  ["talk.client.create", {}, 'Error: Realtime voice provider "openai" is not configured'],
  ["talk.client.create", { provider: "zz" }, 'Error: Realtime voice provider "zz" is not registered'],
  ["talk.session.create", { mode: "transcription" }, "Error: No realtime transcription provider registered"],
  ["talk.session.close", { sessionId: "x" }, "Error: Unknown Talk session"],
  ["talk.client.close", { sessionKey: "main", voiceSessionId: "v" }, "Error: voice session not found"],
  ["talk.speak", { text: "x" }, "talk.speak unavailable: talk provider not configured"],
  ["talk.voice.get", {}, "Error: No active voice call is available"],
] as const)("[TK4] without a voice provider: %s %j", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(name, params)).error.message).toBe(message);
});

test("[TK5] a voice model asks the agent by its one tool: a run in the session", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const call = { sessionKey: "agent:main:main", callId: "c" };

  const other = await client.call("talk.client.toolCall", { ...call, name: "n" });
  const asked = await client.call("talk.client.toolCall", {
    ...call,
    name: "openclaw_agent_consult",
    args: { question: "what?" },
  });

  expect(other.error.message).toBe("unsupported realtime Talk tool: n");
  expect(asked.payload).toMatchObject({ agentId: "main", agentSessionKey: "agent:main:main" });
  const { runId } = asked.payload;
  await client.event("chat", (payload) => payload["runId"] === runId && payload["state"] !== "delta");
});
