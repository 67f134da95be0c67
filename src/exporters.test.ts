import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway, type TestGateway } from "./testing/gateway.ts";

const ON = { plugins: { entries: { "diagnostics-prometheus": { enabled: true } } } };

const scrape = (
  gateway: TestGateway,
  headers: Record<string, string> = { authorization: `Bearer ${gateway.token}` },
) => fetch(`http://127.0.0.1:${gateway.port}/api/diagnostics/prometheus`, { headers });

test("[MT1] without its plugin there is no metrics route, and with it only for those who know the secret", async () => {
  await using off = await openTestGateway();
  expect((await scrape(off)).status).toBe(404);
  await using on = await openTestGateway({ config: ON });
  expect((await scrape(on, {})).status).toBe(401);
  const denied = { plugins: { ...ON.plugins, deny: ["diagnostics-prometheus"] } };
  await using refused = await openTestGateway({ config: denied });
  expect((await scrape(refused)).status).toBe(404);
});

test("[MT2] calls and turns are counted by name, and no text or id is told", async () => {
  await using gateway = await openTestGateway({ config: ON });
  await using client = await gateway.connect({ caps: ["tool-events"] });
  await client.call("health", {});
  await client.call("no.such.method.as.this", {});
  await client.call("sessions.messages.subscribe", { key: "agent:main:metrics" });
  await client.call("agent", {
    message: "a secret question",
    sessionKey: "agent:main:metrics",
    idempotencyKey: "k1",
  });
  await client.call("agent.wait", { runId: "k1", timeoutMs: 5_000 });
  const response = await scrape(gateway);
  const text = await response.text();

  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(text).toContain('openclaw_gateway_rpc_requests_total{method="health"} 1');
  expect(text).toContain('openclaw_gateway_rpc_requests_total{method="unknown"} 1');
  expect(text).toMatch(/openclaw_gateway_rpc_outcomes_total\{phase="response",outcome="error"\} 1/);
  expect(text).toMatch(/openclaw_session_turn_created_total\{agent="main",channel="none",trigger="user"\} 1/);
  expect(text).toMatch(/openclaw_run_completed_total\{[^}]*outcome="completed"[^}]*\} 1/);
  expect(text).toContain('openclaw_memory_bytes{kind="rss"}');
  expect(text).not.toContain("secret question");
  expect(text).not.toContain("no.such.method");
});

test("[MT3] with diagnostics switched off the route is there and says nothing", async () => {
  await using gateway = await openTestGateway({ config: { ...ON, diagnostics: { enabled: false } } });
  const response = await scrape(gateway);
  expect([response.status, await response.text()]).toEqual([200, ""]);
});

test("[MT4] the dashboard asks for nothing that is not exported", async () => {
  await using gateway = await openTestGateway({ config: ON });
  const exported = await (await scrape(gateway)).text();
  const names = new Set([...exported.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name]) => name));
  const dashboard = await readFile(path.join(import.meta.dirname, "../docs/grafana/understudy.json"), "utf8");
  const asked = [...new Set([...dashboard.matchAll(/openclaw_[a-z0-9_]+/g)].map(([name]) => name))];
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter((name) => !names.has(name.replace(/_(?:bucket|sum|count)$/, "")))).toEqual([]);
});
