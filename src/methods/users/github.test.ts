import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[US4] a GitHub account belongs to a person", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  for (const [method, params] of [
    ["users.github.status", {}],
    ["users.github.authorize.start", {}],
    ["users.github.authorize.poll", { requestId: "7c3c1f0e-8f6c-4f1d-9a8e-0a7a7a7a7a7a" }],
    ["users.github.disconnect", {}],
  ] as const) {
    expect([method, (await client.call(method, params)).error.code]).toEqual([method, "FORBIDDEN"]);
  }
});
