import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP8] the bill has every one of the last thirty days, also those that cost nothing", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const cost = await reader.call("usage.cost");
  const status = await reader.call("usage.status");

  expect(cost.payload["daily"]).toHaveLength(30);
  expect(cost.payload).toMatchObject({ days: 30, totals: { totalTokens: 0, totalCost: 0 } });
  expect(status.payload).toMatchObject({ providers: [] });
});
