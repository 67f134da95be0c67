import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SK9] no review of skills has run, and what is retired says so", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("skills.curator.status", {});
  const pinned = await client.call("skills.curator.pin", { skill: "alpha" });

  expect(payload).toMatchObject({ lastAttemptAtMs: null, counts: { active: 0 }, skills: [] });
  expect(pinned.error.message).toMatch(/^Skill lifecycle curation is retired\./);
  expect((await client.call("skills.curator.pin", {})).error.message).toBe(
    "invalid skills.curator.pin params: must have required property 'skill'",
  );
});
