import path from "node:path";
import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CW1] who removes a Claw is shown the jobs that would outlive it, and only of the profile served here", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect();
  // The gateway makes its own jobs when it is up.
  clock.advance(POLICY.startAnnouncementDelayMs);
  await client.event("update.available");
  const binding = {
    configPath: path.join(gateway.stateDir, "openclaw.json"),
    statePath: path.join(gateway.stateDir, "state", "openclaw.sqlite"),
    cronStorePath: path.join(gateway.stateDir, "cron", "jobs.json"),
  };
  const inspect = (changes: object) =>
    client.call("claws.monitors", { phase: "inspect", agentId: "main", binding, ...changes });

  expect((await inspect({})).payload["monitors"]).toContainEqual(
    expect.objectContaining({ declarationKey: "heartbeat:main", agentId: "main", ownerAgentId: null }),
  );
  expect((await inspect({ agentId: "nobody" })).payload).toEqual({ monitors: [] });
  expect((await inspect({ more: 1 })).error.message).toBe("Invalid Claw monitor cleanup parameters.");
  expect((await inspect({ binding: { ...binding, statePath: "elsewhere" } })).error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Gateway does not serve this Claw's config and scheduler state.",
  });
});

test("[CW2] nothing is cleared up for a removal that this gateway did not begin", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const binding = {
    configPath: path.join(gateway.stateDir, "openclaw.json"),
    statePath: path.join(gateway.stateDir, "state", "openclaw.sqlite"),
    cronStorePath: path.join(gateway.stateDir, "cron", "jobs.json"),
  };
  const drain = await client.call("claws.monitors", {
    phase: "drain",
    agentId: "main",
    operationId: "x",
    binding,
  });
  expect(drain.error.message).toBe("Claw removal no longer owns the serving Gateway's deletion fence.");
  const removal = await client.call("claws.packages.remove", { agentId: "main", binding });
  expect(removal.error.message).toBe("Invalid Claw package cleanup parameters.");
});
