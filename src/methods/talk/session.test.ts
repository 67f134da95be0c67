import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  [{}, "UNAVAILABLE", 'Error: Realtime voice provider "openai" is not configured'],
  [{ provider: "zz" }, "UNAVAILABLE", 'Error: Realtime voice provider "zz" is not registered'],
  [{ mode: "transcription" }, "UNAVAILABLE", "Error: No realtime transcription provider registered"],
  [{ mode: "stt-tts" }, "INVALID_REQUEST", "Either key, sessionId, label, shortId, or reference is required"],
  [
    { transport: "webrtc" },
    "INVALID_REQUEST",
    'talk.session.create is Gateway-managed; use talk.client.create for client transport "webrtc"',
  ],
] as const)("[TK4] no call begins: talk.session.create %j", async ([params, code, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("talk.session.create", params)).error).toMatchObject({ code, message });
});

test.for([
  ["appendAudio", { audioBase64: "YQ==" }],
  ["cancelOutput", {}],
  ["acknowledgeMark", { markName: "m" }],
  ["submitToolResult", { callId: "c", result: {} }],
  ["steer", { text: "x" }],
  ["close", {}],
] as const)("[TK4] talk.session.%s of a call that never began", async ([name, params]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const method = `talk.session.${name}`;

  const unknown = await client.call(method, { sessionId: "s", ...params });
  const unnamed = await client.call(method, params);
  const refused = await reader.call(method, { sessionId: "s", ...params });

  expect(unknown.error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Error: Unknown Talk session",
    details: { talkIssue: { code: "realtime_unavailable", phase: "request" } },
  });
  expect(unnamed.error.message).toBe(`invalid ${method} params: must have required property 'sessionId'`);
  expect(refused.error.message).toBe("missing scope: operator.talk");
});
