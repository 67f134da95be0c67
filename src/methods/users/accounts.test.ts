import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[US4] accounts at providers belong to a person", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  for (const [method, params] of [
    ["users.listAuthLinks", { profileId: "p" }],
    ["users.listModelAccounts", {}],
    ["users.selectModelAccount", { authProfileId: "x" }],
    ["users.linkAuthProfile", { profileId: "p", authProfileId: "x" }],
    ["users.unlinkAuthProfile", { profileId: "p", provider: "x" }],
  ] as const) {
    expect([method, (await client.call(method, params)).error.code]).toEqual([method, "FORBIDDEN"]);
  }
});
