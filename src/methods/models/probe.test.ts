import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

/** A provider that knows one key and refuses everybody else. */
async function openProvider() {
  const keys: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    if (request.headers.authorization !== "Bearer right") {
      response
        .writeHead(401, { "content-type": "application/json" })
        .end('{"error":{"message":"who are you"}}');
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = (delta: unknown, finish: string | null) =>
      `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    response.end(`${chunk({ content: "OK" }, null)}${chunk({}, "stop")}data: [DONE]\n\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    keys,
    settings: { baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: "wrong", models: [{ id: "m", name: "M" }] },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("[MD4] a probe asks the provider with its key; the one that was saved goes before the one configured", async () => {
  await using provider = await openProvider();
  const config = { models: { providers: { real: provider.settings } } };
  await using gateway = await openTestGateway({ config });
  await using client = await gateway.connect();

  const refused = await client.call("models.probe", { provider: "real" });
  await client.call("models.authSetApiKey", { provider: "real", apiKey: "right" });
  const allowed = await client.call("models.probe", { provider: "real" });

  expect(refused.payload).toMatchObject({
    status: "auth",
    results: [{ label: "Configured credential · real/m" }],
  });
  expect(allowed.payload).toMatchObject({
    status: "ok",
    results: [{ profileId: "real:manual", status: "ok" }],
  });
  expect(provider.keys).toEqual(["Bearer wrong", "Bearer right"]);
});

test("[MD4] there is nothing to probe where there is no model or no credential", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { payload } = await client.call("models.probe", { provider: "nope" });

  expect(payload).toEqual({
    provider: "nope",
    status: "unknown",
    error: "No probe targets are available for this provider.",
    results: [],
  });
});
