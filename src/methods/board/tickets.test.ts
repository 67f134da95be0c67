import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const TICKET = { ticket: "t" };

test("[BD4] no frame was given a ticket, so every ticket is refused", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const prompt = await client.call("board.prompt.authorize", TICKET);
  const read = await client.call("board.data.read", { ...TICKET, bindingId: "b" });
  const action = await client.call("board.action", { ...TICKET, action: "cron.trigger", jobId: "j" });

  expect(prompt.error.message).toBe("board widget view ticket is invalid");
  expect(read.error.message).toBe("board widget view ticket is invalid");
  expect(action.error.message).toBe("board widget view ticket is invalid");
});

test.for([
  ["board.prompt.authorize", "operator.read", "must have required property 'ticket'"],
  ["board.data.read", "operator.read", "must have required property 'ticket'"],
] as const)("[BD4] %s wants %s and a ticket", async ([name, scope, problem]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: [scope] });
  await using bare = await gateway.connect({ scopes: [] });

  expect((await client.call(name, {})).error.message).toBe(`invalid ${name} params: ${problem}`);
  expect((await bare.call(name, TICKET)).error.message).toBe(`missing scope: ${scope}`);
});

test("[BD4] a reader may not act through a board", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const answer = await reader.call("board.action", { ...TICKET, action: "cron.trigger", jobId: "j" });

  expect(answer.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.write" });
});
