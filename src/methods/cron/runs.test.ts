import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CR12] a run by hand is answered at once, told when it is over, and on record as run and as task", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const { payload: job } = await admin.call("cron.add", {
    name: "hello",
    schedule: { kind: "every", everyMs: 86_400_000 },
    sessionTarget: "isolated",
    wakeMode: "now",
    payload: { kind: "command", argv: ["echo", "hello"] },
    delivery: { mode: "none" },
  });
  const id = job["id"];

  const early = await admin.call("cron.run", { id, mode: "due" });
  const run = await admin.call("cron.run", { id, mode: "force" });
  const over = await admin.event("cron", (payload) => payload["action"] === "finished");
  const task = await admin.event("task", ({ task }) => Object(task).status === "completed");
  const runs = await admin.call("cron.runs", { id });
  const tasks = await admin.call("tasks.list", {});

  expect(early.payload).toMatchObject({ ok: true, ran: false, reason: "not-due" });
  expect(run.payload).toMatchObject({ ok: true, enqueued: true });
  expect(over.payload).toMatchObject({ jobId: id, status: "ok", runId: run.payload["runId"] });
  expect(runs.payload).toMatchObject({ total: 1, entries: [{ status: "ok", summary: "hello" }] });
  expect(tasks.payload["tasks"]).toMatchObject([
    { taskId: Object(task.payload["task"]).taskId, title: "hello" },
  ]);
});

test("[CR12] a job that is not there has no runs", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const answer = await admin.call("cron.run", { id: "nope" });

  expect(answer.error).toMatchObject({ details: { code: "CRON_JOB_NOT_FOUND", jobId: "nope" } });
});
