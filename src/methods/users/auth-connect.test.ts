import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[US4] an account is connected by the person it belongs to", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  for (const [method, params] of [
    ["users.authConnect.start", { profileId: "p", provider: "x", method: "y" }],
    ["users.authConnect.answer", { profileId: "p", connectId: "x", stepId: "y" }],
    ["users.authConnect.status", { profileId: "p", connectId: "x" }],
    ["users.authConnect.cancel", { profileId: "p", connectId: "x" }],
    ["users.authConnect.catalog", { profileId: "p" }],
  ] as const) {
    expect([method, (await client.call(method, params)).error.code]).toEqual([method, "FORBIDDEN"]);
  }
});
