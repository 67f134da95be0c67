import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP1] while the gateway is suspended nothing is begun, reading goes on, and resuming opens it again", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using watcher = await gateway.connect({ scopes: ["operator.read"] });

  const prepared = await admin.call("gateway.suspend.prepare", { requestId: "a" });
  const heard = await watcher.event("gateway.suspension", (payload) => payload["phase"] === "prepared");
  const refused = await admin.call("sessions.create", { key: "agent:main:s" });
  const read = await watcher.call("sessions.list", {});
  const second = await admin.call("gateway.suspend.prepare", { requestId: "b" });
  const foreign = await admin.call("gateway.suspend.resume", { suspensionId: "not-mine" });
  const resumed = await admin.call("gateway.suspend.resume", {
    suspensionId: prepared.payload["suspensionId"],
  });
  const works = await admin.call("sessions.create", { key: "agent:main:s" });

  expect(prepared.payload).toMatchObject({ status: "ready", activeCount: 0, blockers: [] });
  expect(heard.payload).toEqual({ phase: "prepared" });
  expect(refused.error).toEqual({
    code: "UNAVAILABLE",
    message: "sessions.create unavailable during gateway suspension",
    details: { reason: "gateway-suspending", method: "sessions.create", phase: "prepared" },
    retryable: true,
    retryAfterMs: 1_000,
  });
  expect(read.ok).toBe(true);
  expect(second.error.details).toMatchObject({ reason: "gateway-suspension-conflict" });
  expect(foreign.error.message).toBe("gateway suspension id does not match");
  expect(resumed.payload).toEqual({ ok: true, status: "running", resumed: true });
  expect(works.ok).toBe(true);
});

test("[TE8] an open terminal keeps the gateway awake, unless it may end", async () => {
  await using gateway = await openTestGateway({ config: { gateway: { terminal: { shell: "/bin/sh" } } } });
  await using client = await gateway.connect();
  await client.call("terminal.open", { cols: 80, rows: 24 });

  const busy = await client.call("gateway.suspend.prepare", { requestId: "r" });
  const ready = await client.call("gateway.suspend.prepare", { requestId: "r", terminalPolicy: "terminate" });

  expect(busy.payload).toMatchObject({
    status: "busy",
    retryAfterMs: 20_000,
    blockers: [{ kind: "terminal-session", count: 1, message: "1 open terminal session(s)" }],
  });
  expect(ready.payload).toMatchObject({ status: "ready" });
});
