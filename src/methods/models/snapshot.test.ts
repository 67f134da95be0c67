import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

const CAPS = ["model-catalog-snapshot", "model-selection-policy", "agent-kind"];

function page(gateway: TestGateway, modelCatalog: Record<string, string>) {
  return deviceClient(gateway, new TestDevice(), {
    client: { id: "openclaw-control-ui", mode: "webchat" },
    scopes: ["operator.admin", "operator.read", "operator.write"],
    headers: { origin: gateway.url.replace("ws:", "http:") },
    params: { caps: CAPS, modelCatalog },
  });
}

test("[MD5] a page that says what it opens is told the models of it", async () => {
  await using gateway = await openTestGateway();
  await using client = await page(gateway, { sessionKey: "agent:main:main" });
  await using elsewhere = await page(gateway, {});

  const { payload } = await client.event("models.snapshot");
  const other = await elsewhere.event("models.snapshot");

  expect(payload).toMatchObject({
    target: { sessionKey: "agent:main:main" },
    scope: { sessionKey: "agent:main:main" },
    catalog: { models: [{ manualSelectionAllowed: true }], accountSelection: { kind: "automatic" } },
  });
  expect(payload).not.toHaveProperty("catalog.defaultModels");
  expect(other.payload).toMatchObject({
    target: {},
    scope: { agentId: "main" },
    catalog: { defaultModels: { automaticUtilityModel: null } },
  });
});

test("[MD5] what a client does not know is not told: policies of models, kinds of agents", async () => {
  await using gateway = await openTestGateway();
  await using client = await page(gateway, {});
  await using program = await gateway.connect();
  const first = async (caller: Pick<typeof client, "call">, method: string, member: string) =>
    ((await caller.call(method, {})).payload[member] as unknown[])[0];

  expect(await first(client, "agents.list", "agents")).toMatchObject({ kind: "agent" });
  expect(await first(program, "agents.list", "agents")).not.toHaveProperty("kind");
  expect(await first(program, "models.list", "models")).not.toHaveProperty("manualSelectionAllowed");
});
