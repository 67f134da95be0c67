import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const REASON = "Choose a search provider, or select a model with native search.";

test("[TL4] the status of an agent's web search says that there is no way, and for which model", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const own = await reader.call("webSearch.status", {});
  const other = await reader.call("webSearch.status", { modelProvider: "p", modelId: "m" });
  const unknown = await reader.call("webSearch.status", { agentId: "zz" });

  expect(own.payload).toMatchObject({
    enabled: true,
    provider: null,
    agentId: "main",
    model: { provider: "offline", id: "echo" },
    route: { kind: "unavailable", testable: false, reason: REASON },
  });
  expect(other.payload).toMatchObject({ model: { provider: "p", id: "m" } });
  expect(unknown.error.details).toEqual({ code: "UNKNOWN_AGENT_ID", agentId: "zz" });
});

test("[TL4] a search cannot be tried, and trying is for administrators", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const tried = await client.call("webSearch.test", { query: "q" });
  const empty = await client.call("webSearch.test", {});
  const refused = await reader.call("webSearch.test", { query: "q" });

  expect(tried.error).toMatchObject({ code: "INVALID_REQUEST", message: REASON });
  expect(empty.error.message).toBe("invalid webSearch.test params: must have required property 'query'");
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.admin" });
});

test("[TL4] the services that are known are listed with what they lack", async () => {
  await using gateway = await openTestGateway({
    config: { plugins: { entries: { google: { config: { webSearch: { apiKey: "k" } } } } } },
  });
  await using client = await gateway.connect();
  const { payload } = await client.call("webSearch.status", {});
  expect(payload["providers"]).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        id: "brave",
        configured: false,
        installed: false,
        credentialSource: "missing",
      }),
      expect.objectContaining({
        id: "gemini",
        configured: true,
        installed: true,
        credentialSource: "config",
      }),
      expect.objectContaining({ id: "duckduckgo", configured: true, requiresCredential: false }),
    ]),
  );
  const half = await client.call("webSearch.status", { modelId: "m" });
  expect(half.error.message).toBe("modelProvider and modelId must be supplied together.");
});
