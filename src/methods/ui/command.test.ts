import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[UC1] only a page of the Control UI can have its view changed", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ caps: ["ui-commands"] });
  const answer = await client.call("ui.command", { command: { kind: "sidebar", visible: true } });
  expect(answer.error).toMatchObject({
    code: "UNAVAILABLE",
    message: "no requesting Control UI; ask from the Control UI to change its view",
  });
});
