import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

interface Granted {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly sessionKey: string;
  readonly mcpConfig: { readonly mcpServers: { readonly openclaw: { readonly url: string } } };
}

async function rpc(granted: Granted, method: string, params: unknown = {}, token = granted.token) {
  const response = await fetch(granted.mcpConfig.mcpServers.openclaw.url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body, result: body["result"] as Record<string, unknown> };
}

test("[AT1] a grant opens the tools of a session to a program of this machine, until it is revoked", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const granted = (await client.call("attach.grant", {})).payload as unknown as Granted;

  const hello = await rpc(granted, "initialize");
  const { result } = await rpc(granted, "tools/list");
  const names = (result["tools"] as { name: string }[]).map(({ name }) => name);
  const listed = await rpc(granted, "tools/call", { name: "sessions_list", arguments: {} });
  const shell = await rpc(granted, "tools/call", { name: "exec", arguments: { command: "id" } });
  const unknown = await rpc(granted, "ping");
  const stranger = await rpc(granted, "tools/list", {}, "x");
  const revoked = await client.call("attach.revoke", { token: granted.token });
  const late = await rpc(granted, "tools/list");
  const twice = await client.call("attach.revoke", { token: granted.token });

  expect(granted.sessionKey).toBe("agent:main:main");
  expect(hello.result).toMatchObject({ protocolVersion: "2025-03-26", capabilities: { tools: {} } });
  expect(names).toContain("sessions_list");
  expect(names).not.toContain("exec");
  expect(listed.result).toMatchObject({ isError: false });
  expect(shell.result).toEqual({
    content: [{ type: "text", text: "Tool not available: exec" }],
    isError: true,
  });
  expect(unknown.body["error"]).toEqual({ code: -32_601, message: "Method not found: ping" });
  expect([stranger.status, late.status]).toEqual([401, 401]);
  expect([revoked.payload, twice.payload]).toEqual([{ revoked: true }, { revoked: false }]);
});

test("[AT2] what makes no sense in a request for a grant counts as not said; twelve hours is the most", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect();

  const odd = await client.call("attach.grant", { sessionKey: 1, ttlMs: "x" });
  const long = await client.call("attach.grant", { sessionKey: "weird", ttlMs: 1e12 });
  const nobody = await client.call("attach.grant", { agentId: "nope" });

  expect(odd.payload["sessionKey"]).toBe("agent:main:main");
  expect(long.payload["sessionKey"]).toBe("agent:main:weird");
  expect(odd.payload["expiresAtMs"]).toBe(clock.now() + 3_600_000);
  expect(long.payload["expiresAtMs"]).toBe(clock.now() + 12 * 3_600_000);
  expect(nobody.error.message).toBe('Unknown agent id "nope"');
  expect((await client.call("attach.revoke", {})).error.message).toBe("token is required");
});

test("[MC3] a token that opens nothing has nothing to be revoked, and none is no token", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using writer = await gateway.connect({ scopes: ["operator.write"] });

  const unknown = await client.call("attach.revoke", { token: "t" });
  const blank = await client.call("attach.revoke", { token: " " });
  const refused = await writer.call("attach.revoke", { token: "t" });

  expect(unknown.payload).toEqual({ revoked: false });
  expect(blank.error).toMatchObject({ code: "INVALID_REQUEST", message: "token is required" });
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.admin" });
});
