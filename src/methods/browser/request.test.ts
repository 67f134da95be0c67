import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  [{}, "method and path are required"],
  [{ method: "GET", path: " " }, "method and path are required"],
  [{ method: "PUT", path: "/" }, "method must be GET, POST, or DELETE"],
  [{ method: "GET", path: "/", target: "node" }, "Error: No connected browser-capable nodes."],
  [{ method: "DELETE", path: "/" }, "Not Found"],
] as const)("[BR3] a request that cannot be done says why: %j", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  expect((await client.call("browser.request", params)).error.message).toBe(message);
});

test("[BR1] the browser of this machine is asked about, and nothing is started for that", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("browser.request", { method: "get", path: "tabs" });
  expect(payload).toEqual({ running: false, tabs: [] });
});
