import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const ADMIN = ["operator.admin", "operator.read", "operator.write", "operator.approvals"];

/** Something waits for a yes; then somebody says each of these in a chat. */
async function decided(says: (id: string) => readonly string[], scopes: readonly string[] = ADMIN) {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect({ scopes: ADMIN });
  await using watcher = await gateway.connect({ scopes: ADMIN, caps: ["approvals"] });
  await using speaker = await gateway.connect({ scopes: [...scopes] });
  const { payload } = await asker.call("exec.approval.request", {
    command: "ls",
    host: "gateway",
    twoPhase: true,
  });
  const id = String(payload["id"]);
  const replies: string[] = [];
  for (const [index, message] of says(id).entries()) {
    const sessionKey = `agent:main:a${index}`;
    const runId = `run-${index}`;
    await speaker.call("chat.send", { sessionKey, message, idempotencyKey: runId });
    await speaker.call("agent.wait", { runId, timeoutMs: 10_000 });
    const { messages } = (await speaker.call("chat.history", { sessionKey })).payload as {
      messages: { content: { text: string }[] }[];
    };
    replies.push(messages.at(-1)?.content[0]?.text.replace(id, "<id>") ?? "");
  }
  const told = watcher.events.find(({ event }) => event === "exec.approval.resolved");
  return { replies, told: told?.payload };
}

test("[CH17] /approve decides, by the beginning of an id and in either order", async () => {
  const { replies, told } = await decided((id) => [`/approve once ${id.slice(0, 8)}`, `/approve ${id} deny`]);

  expect(replies[0]).toMatch(/^✅ Approval allow-once submitted for [0-9a-f]{8}\.$/);
  expect(replies[1]).toBe("❌ Failed to submit approval: approval already resolved");
  expect(told).toMatchObject({
    decision: "allow-once",
    resolvedBy: expect.stringMatching(/^Chat approval \(webchat:/),
  });
});

test("[CH17] /approve says what is wrong with what it was given", async () => {
  const { replies, told } = await decided((id) => [
    `/approve ${id}`,
    `/approve ${id} yes`,
    "/approve nope deny",
    `/approve@bot ${id} deny`,
  ]);

  expect(replies).toEqual([
    "Usage: /approve <id> <decision> (see the pending approval message for available decisions)",
    "Usage: /approve <id> <decision> (see the pending approval message for available decisions)",
    "❌ Failed to submit approval: unknown or expired approval id",
    "❌ This /approve command targets a different Telegram bot.",
  ]);
  expect(told).toBeUndefined();
});

test("[CH17] /approve is for those who may decide", async () => {
  const { replies, told } = await decided(
    (id) => [`/approve ${id} deny`],
    ["operator.read", "operator.write"],
  );

  expect(replies).toEqual(["❌ /approve requires operator.approvals for gateway clients."]);
  expect(told).toBeUndefined();
});
