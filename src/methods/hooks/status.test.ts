import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP6] there are no hooks, and an agent that is not there has none either", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const status = await reader.call("hooks.status", {});
  const unknown = await reader.call("hooks.status", { agentId: "nope" });

  expect(status.payload).toMatchObject({ hooks: [], managedHooksDir: `${gateway.stateDir}/hooks` });
  expect(unknown.error.message).toBe('unknown agent id "nope"');
});
