import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const MODEL = { agents: { defaults: { model: { primary: "offline/echo" } } } };

test("[OC3] what is configured is detected, tried and made the agent's own", async () => {
  await using gateway = await openTestGateway({ config: MODEL });
  await using client = await gateway.connect();
  expect((await client.call("openclaw.setup.detect", {})).payload).toMatchObject({
    configuredModel: "offline/echo",
    setupComplete: true,
    candidates: [{ kind: "existing-model", modelRef: "offline/echo" }],
  });
  expect((await client.call("openclaw.setup.verify", {})).payload).toMatchObject({
    ok: true,
    modelRef: "offline/echo",
  });
  const activated = await client.call("openclaw.setup.activate", { kind: "existing-model" });
  expect(activated.payload).toMatchObject({ ok: true, lines: ["Inference verified: offline/echo"] });
});

test.for([
  [{ kind: "api-key" }, "unavailable", "Enter an API key or token first."],
  [
    { kind: "api-key", authChoice: "nope", apiKey: "x" },
    "unavailable",
    "That key-based provider is not available on this Gateway.",
  ],
  [
    { kind: "existing-model", agentId: "nope" },
    "unknown",
    "Agent nope is not present in the configured roster.",
  ],
  [
    { kind: "saved-auth:x" },
    "unavailable",
    "That saved sign-in is no longer available. Open Model Setup and choose again.",
  ],
] as const)("[OC4] what cannot be activated leaves everything as it is: %j", async ([
  params,
  status,
  error,
]) => {
  await using gateway = await openTestGateway({ config: MODEL });
  await using client = await gateway.connect();
  const { payload } = await client.call("openclaw.setup.activate", params);
  expect(payload).toEqual({ ok: false, status, error, disposition: "rejected-before-promotion" });
});

test("[OC5] a sign-in goes on as a wizard under the caller's id", async () => {
  await using gateway = await openTestGateway({ config: MODEL });
  await using client = await gateway.connect();
  const begun = await client.call("openclaw.setup.auth.start", { sessionId: "s1", authChoice: "nope" });
  expect(begun.payload).toEqual({ sessionId: "s1", done: false, status: "running" });
  expect((await client.call("wizard.next", { sessionId: "s1" })).payload).toEqual({
    done: true,
    status: "error",
    error: "That provider setup is not available on this Gateway.",
  });
});
