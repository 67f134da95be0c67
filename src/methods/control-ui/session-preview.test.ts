import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PL5] a preview shows a session that is there, and says of others that they are unavailable", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:t" });
  const preview = (params: Record<string, unknown>) => client.call("controlUi.sessionPreview", params);

  expect((await preview({ sessionKey: "agent:main:t" })).payload).toMatchObject({
    status: "ok",
    sessionKey: "agent:main:t",
    agentId: "main",
    kind: "direct",
    archived: false,
  });
  expect((await preview({ sessionKey: "agent:main:none" })).payload).toEqual({ status: "unavailable" });
  expect((await preview({})).error.message).toBe("invalid controlUi.sessionPreview params");
});
