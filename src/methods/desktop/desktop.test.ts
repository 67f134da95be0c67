import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[DK1] a desktop that nobody enabled says which setting would", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refusal = async (method: string, params: object) => (await client.call(method, params)).error.message;
  const environment = { kind: "environment", environmentId: "x" };

  expect(await refusal("desktop.observe", { source: { kind: "host" } })).toContain(
    "desktop.host.enabled=true",
  );
  expect(await refusal("desktop.observe", { source: environment })).toContain("cloudWorkers.desktop");
  expect(await refusal("desktop.launch", { source: environment, app: "browser" })).toMatch(
    /^worker desktop launch/,
  );
  expect(await refusal("worker.desktop.observe", { environmentId: "x" })).toMatch(/^worker desktop observe/);
  expect(await refusal("worker.desktop.launch", { environmentId: "x", app: "terminal" })).toContain(
    "disabled",
  );
});

test("[DK1] a node without a desktop is unavailable, and a ticket nobody has is not released", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const node = await client.call("desktop.observe", { source: { kind: "node", nodeId: "x" } });
  expect(node.error).toMatchObject({ code: "UNAVAILABLE" });
  expect((await client.call("desktop.release", { wsPath: "/x" })).payload).toEqual({ released: false });
});
