import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const KEY = "agent:main:main";
const COMPACTION = { agents: { defaults: { compaction: { keepRecentTokens: 10 } } } };

test("[RN40] sessions.compact and /compact put the older part away, and the history still has it", async () => {
  await using gateway = await openTestGateway({ config: COMPACTION });
  await using client = await gateway.connect();
  for (const idempotencyKey of ["k1", "k2"]) {
    await client.call("chat.send", {
      sessionKey: KEY,
      message: `${idempotencyKey} ${"x".repeat(400)}`,
      idempotencyKey,
    });
    await client.call("agent.wait", { runId: idempotencyKey, timeoutMs: 5_000 });
  }

  const compacted = await client.call("sessions.compact", { key: KEY });
  const again = await client.call("sessions.compact", { key: KEY });
  await client.call("chat.send", { sessionKey: KEY, message: "/compact", idempotencyKey: "k3" });
  const said = await client.event("chat", (payload) => payload["runId"] === "k3");
  const history = await client.call("chat.history", { sessionKey: KEY });

  expect(compacted.payload).toMatchObject({ ok: true, key: KEY, compacted: true });
  expect(again.payload).toMatchObject({ compacted: false, reason: "Nothing to compact (session too small)" });
  expect(said.payload).toMatchObject({
    state: "final",
    message: { content: [{ text: expect.stringMatching(/^⚙️ Compaction skipped: .* • Context \?\/128k$/) }] },
  });
  const roles = (history.payload["messages"] as { role: string }[]).map((message) => message.role);
  expect(roles.slice(0, 5)).toEqual(["user", "assistant", "user", "assistant", "system"]);
});
