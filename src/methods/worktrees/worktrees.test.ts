import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP6] there are no worktrees", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  expect((await admin.call("worktrees.list", {})).payload).toEqual({ worktrees: [] });
  expect((await admin.call("worktrees.remove", { id: "x" })).error.message).toBe(
    "Error: unknown active worktree: x",
  );
  expect((await admin.call("worktrees.remove", {})).error.message).toBe("invalid worktrees parameters");
});
