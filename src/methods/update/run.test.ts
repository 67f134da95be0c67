import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP17] an update that was asked for is skipped, and kept on record with what became of it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("update.run", { note: "please" });
  const told = await client.event("update.run.changed", ({ phase }) => phase === "finished");
  const { runs } = (await client.call("update.runs.list", {})).payload as { runs: object[] };
  const kept = await client.call("update.runs.get", { runId: payload["runId"] });

  expect(payload).toMatchObject({ ok: false, result: { status: "skipped", reason: "unmanaged-install" } });
  expect(told.payload).toMatchObject({ runId: payload["runId"], status: "skipped" });
  expect(runs).toHaveLength(1);
  expect(kept.payload).toEqual({ run: runs[0] });
  expect((await client.call("update.status", {})).payload).toMatchObject({
    sentinel: { kind: "update", status: "skipped" },
    lastRun: runs[0],
  });
});
