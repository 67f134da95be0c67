import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP18] a restart is due at once when nothing is cut off by it, and asking twice is asking once", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect();

  const first = await client.call("gateway.restart.request", { reason: "new plugin" });
  const second = await client.call("gateway.restart.request", {});
  clock.advance(POLICY.restartPollMs);

  expect(first.payload).toMatchObject({
    status: "scheduled",
    preflight: { safe: true, summary: "safe to restart now" },
    restart: { reason: "new plugin", delayMs: 0, coalesced: false, pid: process.pid },
  });
  expect(second.payload).toMatchObject({ status: "coalesced", restart: { coalesced: true } });
  expect(await gateway.gateway.restartDue).toBe("new plugin");
});

test("[OP18] a restart for one process only wants the lock that this gateway does not hold", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const ask = async (params: unknown): Promise<string> =>
    (await client.call("gateway.restart.request", params as Record<string, unknown>)).error.message;
  const target = { pid: process.pid, ownerId: "o", port: 1 };

  expect(await ask({ target: { pid: 0 } })).toBe("invalid targeted gateway restart");
  expect(await ask({ target, safe: "yes" })).toBe("invalid safe targeted restart mode");
  expect(await ask({ target })).toBe("target gateway no longer owns the active lock");
  expect(await ask({ target, safe: true, restartIntent: {} })).toBe(
    "safe targeted restart does not accept intent",
  );
});
