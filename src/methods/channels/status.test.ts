import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP6] without a chat network every list is empty and no name is that of a channel", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const status = await admin.call("channels.status", {});
  const named = await admin.call("channels.status", { channel: "telegram" });
  const start = await admin.call("channels.start", { channel: "telegram" });

  expect(status.payload).toMatchObject({ channelOrder: [], channels: {}, channelAccounts: {} });
  expect(named.error.message).toBe("unknown channel: telegram");
  expect(start.error.message).toBe("invalid channels.start channel");
});
