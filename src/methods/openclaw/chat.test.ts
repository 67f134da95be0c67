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

test("[OC6] what was written into the configuration is listed, newest first, page by page", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const list = async (params: object) => (await client.call("openclaw.changes.list", params)).payload;
  expect(await list({})).toEqual({ entries: [] });
  const patch = async (raw: object) => {
    const { hash } = (await client.call("config.get", {})).payload;
    await client.call("config.patch", { raw: JSON.stringify(raw), baseHash: hash });
  };
  await patch({ logging: { level: "warn" } });
  await patch({ logging: { level: "error" } });
  const first = await list({ limit: 1 });
  expect(first["entries"]).toMatchObject([
    {
      id: "config-audit:2",
      kind: "config-write",
      source: "config-rpc",
      changedPaths: ["logging.level", "plugins.installs"],
    },
  ]);
  const rest = await list({ beforeCursor: first["nextCursor"] });
  expect(rest).toMatchObject({ entries: [{ id: "config-audit:1" }] });
  expect(rest).not.toHaveProperty("nextCursor");
});

test("[OC2] no wizard runs inside a conversation", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refusal = async (more: object) =>
    (await client.call("openclaw.chat", { sessionId: "s", ...more })).error.message;
  expect(await refusal({ wizardAnswer: { stepId: "x" } })).toBe("No hosted wizard is awaiting an answer.");
  expect(await refusal({ wizardCancel: { stepId: "x" } })).toBe("No hosted wizard is awaiting cancellation.");
  expect(await refusal({ message: "x", wizardAnswer: { stepId: "x" } })).toBe(
    "Send either message or wizardAnswer, not both.",
  );
  expect((await client.call("openclaw.changes.list", { beforeCursor: "x" })).error.message).toBe(
    "invalid change-history cursor",
  );
});
