import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[TL8] agents are to GitHub whoever the machine is: nobody that anybody here knows of", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const agentId = "main";

  const system = await client.call("tools.github.status", { agentId, selectedScope: "system" });
  const own = await client.call("tools.github.configure", { agentId, scope: "agent", mode: "inherit" });
  const managed = await client.call("tools.github.configure", {
    agentId,
    scope: "agent",
    mode: "managed",
    secretName: `github-setup-${"a".repeat(32)}`,
  });
  const start = await client.call("tools.github.authorize.start", { agentId, scope: "agent" });
  const requestId = `github-device-${"a".repeat(32)}`;
  const poll = await client.call("tools.github.authorize.poll", { requestId });
  const cancel = await client.call("tools.github.authorize.cancel", { requestId });
  const nobody = await client.call("tools.github.status", { agentId: "nope", selectedScope: "agent" });

  expect(system.payload).toMatchObject({ selected: { scope: "system", identity: { account: null } } });
  expect(own.payload["selected"]).toEqual({ scope: "agent", configured: false, identity: null });
  expect([managed.error.code, managed.error.message]).toEqual([
    "UNAVAILABLE",
    "GitHub identity setup failed",
  ]);
  expect(start.error.message).toContain("GitHub CLI");
  expect([poll.payload, cancel.payload]).toEqual([{ status: "expired" }, { cancelled: false }]);
  expect(nobody.error.message).toBe('unknown agent id "nope"');
});
