import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CR11] notes are replaced only by who has read the present ones", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const { payload } = await admin.call("cron.add", {
    name: "notes",
    schedule: { kind: "every", everyMs: 86_400_000 },
    sessionTarget: "main",
    wakeMode: "next-heartbeat",
    payload: { kind: "systemEvent", text: "x" },
  });
  const id = payload["id"];

  const empty = await admin.call("cron.scratch.get", { id });
  const set = await admin.call("cron.scratch.set", { id, content: "mine", expectedRevision: 0 });
  const late = await admin.call("cron.scratch.set", { id, content: "theirs", expectedRevision: 0 });
  const kept = await admin.call("cron.scratch.get", { id });

  expect(empty.payload).toEqual({ scratch: null, currentRevision: 0, maxBytes: 262_144 });
  expect(set.payload).toMatchObject({ ok: true, currentRevision: 1 });
  expect(late.payload).toEqual({ ok: false, reason: "revision-conflict", currentRevision: 1 });
  expect(kept.payload["scratch"]).toMatchObject({ content: "mine" });
});
