import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const config = {
  secrets: { providers: { default: { source: "env", allowlist: ["HOME"] } } },
  models: {
    providers: {
      acme: {
        baseUrl: "http://127.0.0.1:9",
        apiKey: { source: "env", provider: "default", id: "HOME" },
        models: [],
      },
    },
  },
};
const TARGET = "models.providers.*.apiKey";

test("[OP14] what the configuration refers to is resolved for a command that names the keys", async () => {
  await using gateway = await openTestGateway({ config });
  await using client = await gateway.connect();

  const found = await client.call("secrets.resolve", { commandName: "x", targetIds: [TARGET] });
  const elsewhere = await client.call("secrets.resolve", {
    commandName: "x",
    targetIds: [TARGET],
    allowedPaths: ["gateway.auth.token"],
  });

  expect(found.payload).toEqual({
    ok: true,
    assignments: [
      {
        path: "models.providers.acme.apiKey",
        pathSegments: ["models", "providers", "acme", "apiKey"],
        value: gateway.stateDir,
      },
    ],
    diagnostics: [],
    inactiveRefPaths: [],
  });
  expect(elsewhere.payload["assignments"]).toEqual([]);
});

test("[OP14] secrets are read anew, and everybody is told that what chats show may differ", async () => {
  await using gateway = await openTestGateway({ config });
  await using client = await gateway.connect();

  expect((await client.call("secrets.reload")).payload).toEqual({ ok: true, warningCount: 0 });
  expect((await client.event("chat.metadata.changed")).payload).toEqual({});
});

test.for([
  [{}, "commandName"],
  [{ commandName: " ", targetIds: [] }, "commandName"],
  [[], "targetIds"],
  [{ commandName: "x", targetIds: "a" }, "targetIds"],
  [{ commandName: "x", targetIds: [], zz: 1 }, "targetIds"],
  [{ commandName: "x", targetIds: [], allowedPaths: [1] }, "allowedPaths"],
  [{ commandName: "x", targetIds: ["y"] }, 'unknown target id "y"'],
] as const)("[OP14] a refusal names the member: %j", async ([params, problem]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { error } = await client.call("secrets.resolve", params);
  expect(error.message).toBe(`invalid secrets.resolve params: ${problem}`);
});

test("[OP14] what leads nowhere is left out", async () => {
  const apiKey = { source: "env", provider: "default", id: "UNDERSTUDY_NO_SUCH_VARIABLE" };
  const one = { baseUrl: "http://127.0.0.1:9/v1", apiKey, models: [{ id: "a", name: "A" }] };
  await using gateway = await openTestGateway({ config: { models: { providers: { one } } } });
  await using client = await gateway.connect();

  const wanted = { commandName: "x", targetIds: ["models.providers.*.apiKey"] };
  expect((await client.call("secrets.resolve", wanted)).payload).toEqual({
    ok: true,
    assignments: [],
    diagnostics: [],
    inactiveRefPaths: [],
  });
});
