import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[DK2] no screen is there for agents, and none takes a command", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  expect((await client.call("computer.status", {})).payload).toEqual({ configured: false, available: false });
  const invoke = { command: "screen.snapshot", params: {}, generation: "g", idempotencyKey: "k" };
  expect((await client.call("computer.invoke", invoke)).error).toMatchObject({ code: "UNAVAILABLE" });
});
