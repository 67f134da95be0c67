import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[US5] mentions are for persons", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  for (const [method, params] of [
    ["mentions.list", {}],
    ["mentions.dismiss", { ids: [] }],
  ] as const) {
    expect([method, (await client.call(method, params)).error.code]).toEqual([method, "FORBIDDEN"]);
  }
});
