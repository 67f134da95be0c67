import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const SESSION = { sessionKey: "agent:main:main" };

test.for([
  "artifacts.get",
  "artifacts.download",
])("[OB3] %s says which artifact there is not", async (name) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read"] });

  const missing = await client.call(name, { ...SESSION, artifactId: "a" });
  const unscoped = await client.call(name, { artifactId: "a" });
  const unnamed = await client.call(name, SESSION);

  expect(missing.error).toMatchObject({
    message: "artifact not found",
    details: { type: "artifact_not_found", artifactId: "a" },
  });
  expect(unscoped.error.message).toBe("artifacts require one of sessionKey, runId, or taskId");
  expect(unnamed.error.message).toBe(`invalid ${name} params: must have required property 'artifactId'`);
});

test("[OB3] the artifacts of a session or of its run are none; those of an unknown run are not found", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", { sessionKey: "main", message: "hello", idempotencyKey: "k1" });

  const ofSession = await client.call("artifacts.list", SESSION);
  const ofRun = await client.call("artifacts.list", { runId: "k1" });
  const ofNone = await client.call("artifacts.list", { runId: "k2" });

  expect([ofSession.payload, ofRun.payload]).toEqual([{ artifacts: [] }, { artifacts: [] }]);
  expect(ofNone.error.details).toEqual({ type: "artifact_scope_not_found" });
});

test("[OB3] artifacts are for operator.read", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: [] });

  expect((await client.call("artifacts.list", SESSION)).error.message).toBe("missing scope: operator.read");
});
