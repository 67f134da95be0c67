import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const thread = { catalogId: "x", hostId: "y", threadId: "z" };

test.for([
  ["sessions.catalog.list", { catalogId: "x" }],
  ["sessions.catalog.read", thread],
  ["sessions.catalog.continue", thread],
  ["sessions.catalog.archive", { ...thread, confirmNoOtherRunner: true }],
  ["sessions.catalog.startTerminal", { catalogId: "x", agentId: "main", cwd: "/" }],
] as const)("[SE27] %s knows no catalog", async ([method, params]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error.message).toBe("unknown session catalog: x");
});

test("[SE27] without plugins there are no catalogs", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read"] });

  expect((await client.call("sessions.catalog.list", {})).payload).toEqual({ catalogs: [] });
});
