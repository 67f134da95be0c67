import { expect, test } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

async function say(client: TestClient, sessionKey: string, message: string): Promise<void> {
  await client.call("chat.send", { sessionKey, message, idempotencyKey: message });
  await client.event("chat", (chat) => chat["state"] === "final" && chat["runId"] === message);
}

async function messages(client: TestClient, sessionKey: string) {
  const { payload } = await client.call("chat.history", { sessionKey });
  return payload["messages"] as { role: string; content: unknown; __openclaw: { id: string; seq: number } }[];
}

test("[SE21] a rewind takes the conversation back, and the branch it left can be taken up again", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await say(client, "a", "one");
  await say(client, "a", "two");
  const [, , second, answer] = await messages(client, "a");

  const refused = await client.call("sessions.rewind", { sessionKey: "a", entryId: answer?.__openclaw.id });
  const rewound = await client.call("sessions.rewind", { sessionKey: "a", entryId: second?.__openclaw.id });
  const short = await messages(client, "a");
  const { payload } = await client.call("sessions.branches.list", { sessionKey: "a" });
  const branches = payload["branches"] as { leafEntryId: string; messageCount: number; active: boolean }[];
  const left = branches.find((branch) => !branch.active);
  await client.call("sessions.branches.switch", { sessionKey: "a", leafEntryId: left?.leafEntryId });

  expect(refused.error.message).toBe(`entry is not a user message: ${answer?.__openclaw.id}`);
  expect(rewound.payload).toEqual({ editorText: "two" });
  expect(short.map((message) => message.__openclaw.seq)).toEqual([1, 2]);
  expect(left?.messageCount).toBe(4);
  expect(await messages(client, "a")).toHaveLength(4);
});

test("[SE21] a fork begins with what was said before the message", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await say(client, "a", "one");
  await say(client, "a", "two");
  const [first, , second] = await messages(client, "a");

  const forked = await client.call("sessions.fork", { sessionKey: "a", entryId: second?.__openclaw.id });
  const copied = await messages(client, String(forked.payload["sessionKey"]));
  const missing = await client.call("sessions.fork", { sessionKey: "nope", entryId: "x" });

  expect(forked.payload).toMatchObject({ editorText: "two" });
  expect(copied.map((message) => message.content)).toHaveLength(2);
  expect(copied[0]?.content).toEqual(first?.content);
  expect(copied[0]?.__openclaw.id).not.toBe(first?.__openclaw.id);
  expect(missing.error.message).toBe("session not found: agent:main:nope");
});

test("[RN47] a branch ends behind what a run said, and at the last message when that is nobody's run", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const ends = async () => {
    const history = (await client.call("chat.history", { sessionKey: "a" })).payload;
    const { payload } = await client.call("sessions.branches.list", { sessionKey: "a" });
    const branches = payload["branches"] as { leafEntryId: string; active: boolean }[];
    const messageIds = (await messages(client, "a")).map((message) => message.__openclaw.id);
    const { activeLeafEntryId } = history["sessionInfo"] as { activeLeafEntryId: string };
    const leafEntryId = branches.find((branch) => branch.active)?.leafEntryId;
    return { activeLeafEntryId, leafEntryId, messageIds };
  };
  await say(client, "a", "one");
  const afterRun = await ends();
  await client.call("chat.inject", { sessionKey: "a", message: "by the way" });
  const afterText = await ends();

  expect(afterRun.activeLeafEntryId).toBe(afterRun.leafEntryId);
  expect(afterRun.messageIds).not.toContain(afterRun.activeLeafEntryId);
  expect(afterText.activeLeafEntryId).toBe(afterText.messageIds.at(-1));
  expect(afterText.leafEntryId).toBe(afterText.activeLeafEntryId);
});
