import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const TO = { to: "1", message: "x" };

test("[OB1] without a channel nothing is sent, and a repeat is told what the first one was told", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const first = await client.call("send", { ...TO, idempotencyKey: "k" });
  const repeat = await client.call("send", { ...TO, channel: "other", idempotencyKey: "k" });
  const other = await client.call("send", { ...TO, channel: "other", idempotencyKey: "l" });
  const empty = await client.call("send", { to: "1", message: " ", idempotencyKey: "m" });

  expect(first.error).toMatchObject({ code: "INVALID_REQUEST" });
  expect(first.error.message).toMatch(/^Error: Channel is required/);
  expect(repeat.error).toEqual(first.error);
  expect(other.error.message).toBe("unsupported channel: other");
  expect(empty.error.message).toBe("invalid send params: text or media is required");
});

test.for([
  ["send", TO, "nope", "unsupported channel: nope"],
  ["poll", { to: "1", question: "q", options: ["a", "b"] }, "nope", "unsupported poll channel: nope"],
  ["message.action", { action: "react", params: {} }, "nope", "Channel nope does not support action react."],
  [
    "message.action",
    { action: "react", params: {} },
    "webchat",
    "unsupported channel: webchat (internal-only)",
  ],
  ["message.action", { action: "send", params: {} }, "telegram", "ToolInputError: to required"],
  ["poll", { to: "1", question: "q", options: ["a", "b"] }, "telegram", "Error: Telegram bot token missing"],
] as const)("[OB2] %s names the channel it cannot use", async ([name, params, channel, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const answer = await client.call(name, { ...params, channel, idempotencyKey: "k" });

  expect(answer.error.message.startsWith(message)).toBe(true);
});

test("[OB3] conversations and artifacts: none, and which one is not found is said", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const conversationRef = `conv_${"0".repeat(32)}`;
  const to = { agentId: "main", conversationRef, message: "m" };

  const list = await client.call("conversations.list", { agentId: "main" });
  const sent = await client.call("conversations.send", { ...to, operationId: "o" });
  const none = await client.call("artifacts.list", { sessionKey: "agent:main:main" });
  const scopeless = await client.call("artifacts.list", {});
  const missing = await client.call("artifacts.get", { sessionKey: "agent:main:main", artifactId: "x" });

  expect(list.payload).toEqual({ conversations: [] });
  expect(sent.error.message).toBe(`Conversation not found: ${conversationRef} (use conversations_list)`);
  expect(none.payload).toEqual({ artifacts: [] });
  expect(scopeless.error.details).toEqual({ type: "artifact_query_unsupported" });
  expect(missing.error.details).toEqual({ type: "artifact_not_found", artifactId: "x" });
});
