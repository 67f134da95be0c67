import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP16] a run is known by its trail; who acted in it is not recorded, and that is said", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("chat.send", { sessionKey: "main", message: "hi", idempotencyKey: "run-1" });

  const known = await client.call("audit.run.inspect", { runId: "run-1" });
  const unknown = await client.call("audit.run.inspect", { runId: "x" });
  const execution = await client.call("audit.run.inspect", { executionId: "x" });
  const paged = await client.call("audit.run.inspect", { runId: "x", executionCursor: "z" });
  const both = await client.call("audit.run.inspect", { runId: "x", executionId: "y" });

  expect(known.payload).toMatchObject({
    run: { runId: "run-1", status: "known" },
    identity: { state: "unsupported", reasonCode: "identity_context_unavailable" },
  });
  expect(unknown.payload).toMatchObject({
    run: { runId: "x", status: "unknown" },
    identity: { state: "unknown", reasonCode: "run_not_found" },
    coverage: { missingEvidence: ["run.record", "identity.context"] },
  });
  expect(execution.payload).toMatchObject({ identity: { reasonCode: "execution_not_found" } });
  expect(paged.error.message).toBe("invalid audit.run.inspect cursor");
  expect(both.error.message).toBe(
    "invalid audit.run.inspect params: must not be valid; must match exactly one schema in oneOf",
  );
});
