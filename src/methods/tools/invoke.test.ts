import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[TL3] a client may call tools that look, and none that touch files or run commands", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const invoke = async (params: Record<string, unknown>) =>
    (await client.call("tools.invoke", params)).payload;

  expect(await invoke({ name: "exec", args: { command: "id" } })).toEqual({
    ok: false,
    toolName: "exec",
    error: { code: "not_found", message: "Tool not available: exec" },
  });
  expect(await invoke({ name: "toString" })).toMatchObject({ ok: false, error: { code: "not_found" } });
  expect(await invoke({ name: "agents_list", agentId: "nope" })).toMatchObject({
    error: { code: "validation_error", message: 'Unknown agent id "nope"' },
  });
  expect(await invoke({ name: "agents_list" })).toMatchObject({
    ok: true,
    output: { details: { requester: "main", agents: [{ id: "main", configured: true }] } },
    source: "core",
  });
});
