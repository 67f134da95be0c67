import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const PHONE = { id: "openclaw-ios", mode: "ui", instanceId: "phone" };

test("[HE2] the gateway itself stands first; who has gone stays for five minutes", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using watcher = await gateway.connect();
  const phone = await gateway.connect({ client: PHONE });
  await phone[Symbol.asyncDispose]();
  await watcher.event("presence", (payload) => JSON.stringify(payload).includes("disconnect"));

  const before = await watcher.call("system-presence");
  clock.advance(POLICY.presenceEntryMs + 1);
  // Nobody answered a ping for five minutes, so everybody has been dropped meanwhile.
  await using later = await gateway.connect();
  const after = await later.call("system-presence");

  expect(before.payload).toMatchObject([
    { mode: "gateway", reason: "self" },
    { instanceId: "phone", reason: "disconnect" },
  ]);
  expect(after.payload).toMatchObject([{ mode: "gateway", reason: "self", ts: clock.now() }]);
  expect(after.payload).toHaveLength(1);
});

test("[HE2] a client that comes again is one line, and the old connection's end does not erase it", async () => {
  await using gateway = await openTestGateway();
  await using watcher = await gateway.connect();
  const first = await gateway.connect({ client: PHONE });
  await using _second = await gateway.connect({ client: PHONE });
  await first[Symbol.asyncDispose]();

  const { payload } = await watcher.call("system-presence");

  expect(payload).toMatchObject([{ reason: "self" }, { instanceId: "phone", reason: "connect" }]);
  expect(payload).toHaveLength(2);
});
