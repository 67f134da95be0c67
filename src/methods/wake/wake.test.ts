import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CR13] heartbeats can be switched off: then nobody is woken, and the last one says why", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const before = await admin.call("last-heartbeat");
  const off = await admin.call("set-heartbeats", { enabled: false });
  const woken = await admin.call("wake", { mode: "now", text: "look" });
  const told = await admin.event("heartbeat");
  const after = await admin.call("last-heartbeat");

  expect(before.payload).toBeNull();
  expect(off.payload).toEqual({ ok: true, enabled: false });
  expect(woken.payload).toEqual({ ok: true });
  expect(told.payload).toMatchObject({ status: "skipped", reason: "disabled" });
  expect(after.payload).toEqual(told.payload);
});

test("[CR13] what is neither on nor off is refused, whatever it is", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  for (const params of [{}, { enabled: "yes" }, "text", []]) {
    const answer = await admin.call("set-heartbeats", params);
    expect(answer.error.message).toBe("invalid set-heartbeats params: enabled (boolean) required");
  }
});
