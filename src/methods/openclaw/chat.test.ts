import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OC1] the assistant greets, answers, remembers what was said, and keeps conversations apart", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using other = await gateway.connect();
  const say = (more: object) => client.call("openclaw.chat", { sessionId: "s", ...more });

  expect((await say({})).payload).toMatchObject({ optionalWelcome: true, action: "none" });
  const { reply } = (await say({ message: "status" })).payload;
  expect(reply).toEqual(expect.any(String));
  expect((await say({ message: "talk to agent" })).payload).toMatchObject({ action: "open-agent" });
  expect((await client.call("openclaw.chat.history", {})).payload["turns"]).toMatchObject([
    { role: "user", text: "status" },
    { role: "assistant", text: reply },
    { role: "user", text: "talk to agent" },
    { role: "assistant" },
  ]);
  const stranger = await other.call("openclaw.chat", { sessionId: "s", message: "hello" });
  expect(stranger.error).toMatchObject({
    message: "OpenClaw session belongs to another caller.",
    details: { code: "system_agent_session_invalidated" },
  });
});

test("[OC2] no wizard runs inside a conversation, and no change is listed", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refusal = async (more: object) =>
    (await client.call("openclaw.chat", { sessionId: "s", ...more })).error.message;
  expect(await refusal({ wizardAnswer: { stepId: "x" } })).toBe("No hosted wizard is awaiting an answer.");
  expect(await refusal({ wizardCancel: { stepId: "x" } })).toBe("No hosted wizard is awaiting cancellation.");
  expect(await refusal({ message: "x", wizardAnswer: { stepId: "x" } })).toBe(
    "Send either message or wizardAnswer, not both.",
  );
  expect((await client.call("openclaw.changes.list", {})).payload).toEqual({ entries: [] });
  expect((await client.call("openclaw.changes.list", { beforeCursor: "x" })).error.message).toBe(
    "invalid change-history cursor",
  );
});
