import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[DK1] with the lab on, a machine that nobody hired is unknown", async () => {
  await using gateway = await openTestGateway({ config: { cloudWorkers: { desktop: true } } });
  await using client = await gateway.connect();
  const asked = { environmentId: "x" };
  for (const [method, params] of [
    ["worker.desktop.observe", asked],
    ["worker.desktop.launch", { ...asked, app: "browser" }],
  ] as const) {
    expect((await client.call(method, params)).error.message).toBe("Unknown worker environment: x");
  }
});
