import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const VOICE = { sessionKey: "main", voiceSessionId: "v" };

test.for([
  [
    "create",
    { mode: "stt-tts" },
    'talk.client.create only supports mode="realtime"; use talk.catalog for stt-tts provider discovery',
  ],
  [
    "create",
    { transport: "gateway-relay" },
    "talk.client.create is client-owned; use talk.session.create for gateway-relay",
  ],
  ["create", { provider: "zz" }, 'Error: Realtime voice provider "zz" is not registered'],
  ["transcript", { ...VOICE, entryId: "e", role: "user", text: "x" }, "Error: voice session not found"],
  ["close", VOICE, "Error: voice session not found"],
  [
    "steer",
    { sessionKey: "main", text: "x", mode: "cancel" },
    "talk.client.steer requires an active browser-owned Talk run",
  ],
] as const)("[TK4] no call of a browser begins: talk.client.%s %j", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(`talk.client.${name}`, params)).error.message).toBe(message);
});

test("[TK4] without a call there is a status all the same: nothing is being worked on", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.talk"] });
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const status = await client.call("talk.client.steer", { sessionKey: "main", text: "how is it going" });
  const wrong = await client.call("talk.client.steer", { sessionKey: "main" });
  const refused = await reader.call("talk.client.steer", { sessionKey: "main", text: "x" });

  expect(status.payload).toMatchObject({
    ok: true,
    mode: "status",
    sessionKey: "agent:main:main",
    active: false,
  });
  expect(wrong.error.message).toBe("invalid talk.client.steer params: must have required property 'text'");
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.talk" });
});
