import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  ["mcp.app.view", {}, "sessionKey is required"],
  ["mcp.app.listTools", { sessionKey: "agent:main:main" }, "viewId is required"],
  ["mcp.app.readResource", {}, "uri is required"],
  ["mcp.app.callTool", {}, "toolName is required"],
  ["mcp.app.updateModelContext", { sessionKey: " " }, "sessionKey is required"],
] as const)("[MC1] %s says what it misses first", async ([method, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  expect((await client.call(method, params)).error).toMatchObject({ code: "UNAVAILABLE", message });
});

test("[MC2] no view is open", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const params = { sessionKey: "agent:main:main", viewId: "v", uri: "ui://x" };

  expect((await client.call("mcp.app.readResource", params)).error).toMatchObject({
    code: "UNAVAILABLE",
    details: { code: "MCP_APP_VIEW_EXPIRED" },
  });
});
