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

test.for([
  ["send", "Error: Telegram bot token missing. Set TELEGRAM_BOT_TOKEN or channels.telegram.botToken."],
  ["poll", "Error: Telegram bot token missing. Set TELEGRAM_BOT_TOKEN or channels.telegram.botToken."],
  ["delete", 'Error: Telegram bot token missing for account "default" (set '],
] as const)("[OB1] %s on Telegram is told which bot it lacks", async ([action, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const asked = { channel: "telegram", action, params: { to: "1", message: "hi" }, idempotencyKey: "t" };

  expect((await client.call("message.action", asked)).error).toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining(message),
  });
});

test("[OB1] a reaction on Telegram is answered: nobody need try it again", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const params = { to: "1", messageId: "2", emoji: "x" };

  const { payload } = await client.call("message.action", {
    ...ACTION,
    params,
    channel: "telegram",
    idempotencyKey: "r",
  });

  expect(payload).toEqual({
    ok: false,
    reason: "missing_token",
    hint: "Telegram bot token missing. Do not retry.",
  });
});
