import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  [{}, "unsupported native hook relay provider"],
  [{ provider: "codex" }, "native hook relay relayId is required"],
  [{ provider: "codex", relayId: "x", event: "stop" }, "unsupported native hook relay event"],
  [{ provider: "codex", relayId: "x", event: "pre_tool_use" }, "native hook relay not found"],
] as const)("[NH1] a native hook is refused in this order: %j", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  expect((await client.call("nativeHook.invoke", params)).error.message).toBe(message);
});
