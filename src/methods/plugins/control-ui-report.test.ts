import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL2] only a Control UI reports what runs in it, and nothing does that it was not handed", async () => {
  await using gateway = await openTestGateway();
  await using program = await gateway.connect({ scopes: ["operator.read"] });

  const report = { pluginId: "github", revision: "r", status: "activated" };
  const { error } = await program.call("plugins.controlUi.report", report);

  expect(error).toMatchObject({
    code: "INVALID_REQUEST",
    message: "Activation reports require a connected Control UI",
  });
});
