import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP6] nobody waits to be let in from a chat network that is not there", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const list = await admin.call("channels.pairing.list", {});
  const named = await admin.call("channels.pairing.list", { channel: "telegram" });

  expect(list.payload).toMatchObject({ accounts: [], requests: [], commandOwnerConfigured: false });
  expect(named.error.message).toBe("Error: unknown pairing channel: telegram");
});
