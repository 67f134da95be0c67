import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const TASK = { title: " T ", prompt: "P", tldr: "S", cwd: "/", sessionKey: "agent:main:main" };

test("[TS1] a suggestion is told, listed latest first, and dismissed once", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const first = await client.call("taskSuggestions.create", TASK);
  await client.call("taskSuggestions.create", { ...TASK, title: "U" });
  const listed = await reader.call("taskSuggestions.list", { sessionKey: "agent:main:main" });
  const { taskId } = first.payload;
  const dismissed = await client.call("taskSuggestions.dismiss", { taskId });

  expect(listed.payload).toMatchObject({ suggestions: [{ title: "U" }, { title: "T", agentId: "main" }] });
  expect(dismissed.payload).toEqual({ taskId, dismissed: true });
  const told = await reader.event("task.suggestion", ({ action }) => action === "resolved");
  expect(told.payload).toEqual({ action: "resolved", taskId, resolution: "dismissed" });
  const again = await client.call("taskSuggestions.dismiss", { taskId });
  expect(again.payload).toEqual({ taskId, dismissed: false });
  const late = await client.call("taskSuggestions.accept", { taskId });
  expect(late.error.message).toBe("task suggestion cannot be accepted: dismissed");
});

test("[TS2] an accepted task runs in a session of its own, once; one that cannot start is offered again", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const made = await client.call("taskSuggestions.create", TASK);
  const { taskId } = made.payload;

  const worktree = await client.call("taskSuggestions.accept", { taskId });
  const accepted = await client.call("taskSuggestions.accept", { taskId, mode: "local" });
  const again = await client.call("taskSuggestions.accept", { taskId, mode: "local" });

  expect(worktree.error.details).toEqual({ code: "TASK_WORKTREE_SOURCE_REQUIRED", cwd: "/" });
  expect(accepted.payload).toMatchObject({ taskId, key: expect.stringMatching(/^agent:main:/) });
  expect(again.payload).toEqual(accepted.payload);
  const offers = client.events.filter(({ event }) => event === "task.suggestion");
  expect(offers.map(({ payload }) => (payload as { action: string }).action)).toEqual([
    "created",
    "created",
    "resolved",
  ]);
});
