import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[RN5] with nothing to abort nothing was aborted", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const all = await client.call("chat.abort", { sessionKey: "main" });
  const one = await client.call("chat.abort", { sessionKey: "main", runId: "nobody" });

  expect(all.payload).toEqual({ ok: true, aborted: false, runIds: [] });
  expect(one.payload).toEqual({ ok: true, aborted: false, runIds: [] });
});

test("[CH14] what is injected is told as the end of a run of its own, under its label", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await client.call("sessions.create", { key: "main" });

  const said = { sessionKey: "main", message: "by hand", label: "note" };
  const { payload } = await client.call("chat.inject", said);
  const told = await reader.event("chat");

  expect(payload).toEqual({ ok: true, messageId: expect.any(String) });
  expect(told.payload).toMatchObject({
    runId: `inject-${payload["messageId"]}`,
    sessionKey: "agent:main:main",
    state: "final",
    message: { role: "assistant", content: [{ type: "text", text: "[note]\n\nby hand" }] },
  });
});

test.for([
  ["chat.abort", { sessionKey: "main" }, "operator.write"],
  ["chat.inject", { sessionKey: "main", message: "m" }, "operator.admin"],
] as const)("[CH11] %s %j needs %s, and a session", async ([name, params, scope]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const unnamed = await client.call(name, { ...params, sessionKey: undefined });
  const refused = await reader.call(name, params);

  expect(unnamed.error.message).toContain("must have required property 'sessionKey'");
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: `missing scope: ${scope}` });
});
