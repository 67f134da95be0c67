import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SK9] scans of past conversations are retired and say so, once their params are in order", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const scan = async (params: Record<string, unknown>) =>
    (await client.call("skills.proposals.historyScan", params)).error.message;

  expect(await scan({})).toMatch(/^Historical batch scans are retired\./);
  expect(await scan({ direction: "sideways" })).toMatch(/^invalid skills.proposals.historyScan params/);
  expect((await client.call("skills.proposals.historyStatus", {})).error.code).toBe("INVALID_REQUEST");
});
