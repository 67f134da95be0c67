import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const conversationRef = `conv_${"a".repeat(32)}`;

test("[OB3] a turn of a conversation that there is not is refused by its name, and none is there to be cancelled", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const turn = { agentId: "main", turnId: "t", conversationRef, message: "m", timeoutMs: 1_000 };

  const list = await client.call("conversations.list", { agentId: "main" });
  const answer = await client.call("conversations.turn", turn);
  const cancelled = await client.call("conversations.turn.cancel", { agentId: "main", turnId: "t" });

  expect(list.payload).toEqual({ conversations: [] });
  expect(answer.error).toMatchObject({
    code: "INVALID_REQUEST",
    message: `Conversation not found: ${conversationRef} (use conversations_list)`,
  });
  expect(cancelled.payload).toEqual({ cancelled: false });
});

test.for([
  ["conversations.list", {}, "must have required property 'agentId'"],
  [
    "conversations.send",
    { agentId: "main", operationId: "o", conversationRef: "x", message: "m" },
    'at /conversationRef: must match pattern "^conv_[a-f0-9]{32}$"',
  ],
  ["conversations.turn.cancel", { agentId: "main" }, "must have required property 'turnId'"],
] as const)("[OB3] %s %j: %s", async ([name, params, problem]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using writer = await gateway.connect({ scopes: ["operator.write"] });

  expect((await client.call(name, params)).error.message).toBe(`invalid ${name} params: ${problem}`);
  expect((await writer.call(name, params)).error.message).toBe("missing scope: operator.admin");
});
