import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP9] work that is not there cannot be read, stopped or taken up again", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.write"] });

  const list = await client.call("tasks.list", {});
  const get = await client.call("tasks.get", { taskId: "nope" });
  const cancel = await client.call("tasks.cancel", { taskId: "nope" });
  const retry = await client.call("tasks.retry", { taskIds: ["nope"] });

  expect(list.payload).toEqual({ tasks: [] });
  expect(get.error.message).toBe("task not found: nope");
  expect(cancel.payload).toEqual({ found: false, cancelled: false, reason: "Task not found." });
  expect(retry.payload["results"]).toMatchObject([{ taskId: "nope", ok: false }]);
});
