import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

type Jobs = { readonly declarationKey: string; readonly enabled: boolean; readonly schedule: object }[];

test("[CR14] a start tells of the gateway's own jobs, then that they are in place, then of updates", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect();

  clock.advance(POLICY.startAnnouncementDelayMs);
  const added = await client.event("cron", ({ action }) => action === "added");
  const bound = await client.event("sessions.changed");
  const updates = await client.event("update.available");

  expect(added.payload).toMatchObject({ job: { declarationKey: "heartbeat:main" } });
  expect(bound.payload).toMatchObject({ reason: "cron-bindings-loaded" });
  expect(updates.payload).toMatchObject({
    updateAvailable: null,
    schedule: { channel: "stable", autoEnabled: false },
  });
  expect(added.seq).toBeLessThan(bound.seq ?? 0);
  expect(bound.seq).toBeLessThan(updates.seq ?? 0);
});

test("[CR14] the configuration says which jobs the gateway has", async () => {
  const config = {
    skills: { workshop: { autonomous: { mode: "off" } } },
    plugins: { entries: { "memory-core": { config: { dreaming: { enabled: false } } } } },
  };
  const clock = createTestClock();
  await using gateway = await openTestGateway({ config, clock });
  await using client = await gateway.connect();
  clock.advance(POLICY.startAnnouncementDelayMs);
  await client.event("update.available");

  const { payload } = await client.call("cron.list", { includeDisabled: true });

  const jobs = payload["jobs"] as Jobs;
  expect(jobs.map(({ declarationKey, enabled }) => [declarationKey, enabled])).toEqual([
    ["heartbeat:main", true],
    ["skill-collection-review:main", false],
  ]);
});

test("[CR14] an agent that comes brings its review, and takes it along", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect();
  clock.advance(POLICY.startAnnouncementDelayMs);
  await client.event("update.available");
  const keyOf = (payload: Record<string, unknown>): unknown =>
    (payload["job"] as Record<string, unknown>)["declarationKey"];

  await client.call("agents.create", { name: "Second", workspace: `${gateway.stateDir}/second` });
  const review = await client.event("cron", (payload) => keyOf(payload) === "skill-collection-review:second");
  await client.call("agents.delete", { agentId: "second" });
  const gone = await client.event("cron", ({ action }) => action === "removed");

  expect(review.payload["action"]).toBe("added");
  expect(keyOf(gone.payload)).toBe("skill-collection-review:second");
});
