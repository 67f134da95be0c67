import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[DP1] health answers without any scope", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: [] });

  const answer = await client.call("health");

  expect(answer).toMatchObject({ ok: true, payload: { ok: true } });
});
