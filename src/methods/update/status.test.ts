import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP6] a package is updated by whoever installed it", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  expect((await admin.call("update.status", {})).payload).toMatchObject({ updateAvailable: null });
  expect((await admin.call("update.hold", {})).payload).toMatchObject({ ok: false });
  expect((await admin.call("update.runs.list", {})).payload).toEqual({ runs: [] });
});
