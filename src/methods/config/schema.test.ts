import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

async function rig() {
  const gateway = await openTestGateway();
  const client = await gateway.connect({ scopes: ["operator.read"] });
  return { client, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

const PORT_HELP = "A whole number from 1 to 65535. Takes effect after a restart.";

test("[CF16] the schema is whole: no reference is left in it, and keys with a hint are described", async () => {
  await using on = await rig();
  const { payload } = await on.client.call("config.schema", {});
  const text = JSON.stringify(payload["schema"]);
  // An extension's own schema may point into itself; what points into our tables would be left over.
  expect(/"\$ref":"(?!#)/.exec(text)?.[0]).toBeUndefined();
  expect(payload).toMatchObject({
    version: "2026.9.6",
    schema: {
      additionalProperties: false,
      properties: {
        gateway: { properties: { port: { type: "integer", minimum: 1, maximum: 65_535, title: "Port" } } },
        channels: { properties: { telegram: { type: "object" } } },
      },
    },
    uiHints: { "gateway.auth.token": { label: "Token", sensitive: true } },
  });
});

test("[CF16] what a file may hold besides settings is no setting", async () => {
  await using on = await rig();
  const { payload } = await on.client.call("config.schema", {});
  const { properties } = payload["schema"] as { properties: object };
  expect(properties).not.toHaveProperty("$schema");
  expect(properties).not.toHaveProperty("understudy");
});

test("[CF16] one key: its constraints, what a change of it asks for, its children", async () => {
  await using on = await rig();
  const port = await on.client.call("config.schema.lookup", { path: "gateway.port" });
  expect(port.payload).toEqual({
    path: "gateway.port",
    schema: { type: "integer", minimum: 1, maximum: 65_535, title: "Port", description: PORT_HELP },
    reloadKind: "restart",
    hint: { label: "Port", help: PORT_HELP, advanced: false },
    hintPath: "gateway.port",
    children: [],
  });
  const models = await on.client.call("config.schema.lookup", { path: "models.providers.x.models[]" });
  expect(models.payload).toMatchObject({
    path: "models.providers.x.models.*",
    schema: { type: "object", additionalProperties: false },
    reloadKind: "hot",
    hintPath: "models.providers.*.models.*",
  });
  const children = models.payload["children"] as Record<string, unknown>[];
  expect(children[0]).toMatchObject({
    key: "id",
    path: "models.providers.x.models.*.id",
    type: "string",
    required: true,
  });
});

test.for(["gateway.nope", "gateway.port.deeper", "nope"])("[CF16] %s is no key", async (path) => {
  await using on = await rig();
  const answer = await on.client.call("config.schema.lookup", { path });
  expect(answer.error).toEqual({ code: "INVALID_REQUEST", message: "config schema path not found" });
});

test("[CF16] a point is the whole of the configuration", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("config.schema.lookup", { path: "." });
  expect(payload).toMatchObject({ path: ".", reloadKind: "restart", schema: { type: "object" } });
  expect(payload["children"]).toContainEqual(expect.objectContaining({ key: "gateway", hasChildren: true }));
});
