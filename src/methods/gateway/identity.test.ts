import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const READ = ["operator.read"];

test("[DV7] the gateway has an identity of its own, and keeps it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: READ });

  const { payload } = await client.call("gateway.identity.get");

  expect(payload).toEqual({
    deviceId: expect.stringMatching(/^[0-9a-f]{64}$/),
    publicKey: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect((await client.call("gateway.identity.get")).payload).toEqual(payload);
});
