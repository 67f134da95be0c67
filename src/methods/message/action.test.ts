import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const ACTION = { action: "react", params: {} };

test("[OB1] an action is tried once: its repeat gets the refusal of the first, whatever it names", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const first = await client.call("message.action", { ...ACTION, channel: "nope", idempotencyKey: "k" });
  const repeat = await client.call("message.action", { ...ACTION, channel: "other", idempotencyKey: "k" });

  expect(first.error.message).toBe("Channel nope does not support action react.");
  expect(repeat.error).toEqual(first.error);
});

test("[OB2] an action wants a key and operator.write", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const keyless = await client.call("message.action", { ...ACTION, channel: "nope" });
  const refused = await reader.call("message.action", { ...ACTION, channel: "nope", idempotencyKey: "k" });

  expect(keyless.error.message).toBe(
    "invalid message.action params: must have required property 'idempotencyKey'",
  );
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.write" });
});
