import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const POLL = { to: "1", question: "q", options: ["a", "b"] };

test("[OB1] a poll is tried once: its repeat gets the refusal of the first", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const first = await client.call("poll", { ...POLL, channel: "nope", idempotencyKey: "k" });
  const repeat = await client.call("poll", { ...POLL, channel: "other", idempotencyKey: "k" });

  expect(first.error).toMatchObject({ code: "INVALID_REQUEST", message: "unsupported poll channel: nope" });
  expect(repeat.error).toEqual(first.error);
});

test("[OB2] a poll wants two options and operator.write", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const single = await client.call("poll", { ...POLL, options: ["a"], idempotencyKey: "k" });
  const refused = await reader.call("poll", { ...POLL, idempotencyKey: "k" });

  expect(single.error.message).toBe("invalid poll params: at /options: must not have fewer than 2 items");
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.write" });
});
