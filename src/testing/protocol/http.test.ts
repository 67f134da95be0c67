import { expect, test } from "vitest";
import { openTarget } from "./target.ts";

test.for(["/health", "/healthz"])("[HT1] %s says that the process lives", async (path) => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}${path}?x=1`);

  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({ ok: true, status: "live" });
});

test.for([
  "/ready",
  "/readyz",
])("[HT2] %s says that clients can be served, and how busy the loop is", async (path) => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}${path}`);

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    ready: true,
    failing: [],
    uptimeMs: expect.any(Number),
    eventLoop: { degraded: expect.any(Boolean), utilization: expect.any(Number) },
  });
});

test.for([
  "/startup",
  "/startupz",
])("[HT3] %s says that the start is over, and which version it is", async (path) => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}${path}`);

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ ok: true, status: "started", version: "2026.9.6" });
});

test.for([
  ["POST", "/health", "GET, HEAD"],
  ["OPTIONS", "/healthz", "GET, HEAD"],
  ["POST", "/readyz", "GET, HEAD"],
  ["PUT", "/startupz", "GET, HEAD"],
  ["GET", "/tools/invoke", "POST"],
] as const)("[HT4] %s %s is not allowed", async ([method, path, allow]) => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}${path}`, { method });

  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allow);
  expect(await response.text()).toBe("Method Not Allowed");
});

test("[HT4] HEAD of a probe answers without a body", async () => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}/health`, { method: "HEAD" });

  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe("27");
  expect(await response.text()).toBe("");
});

test.for([
  ["GET", "/v1"],
  ["GET", "/v1/models"],
  ["POST", "/v1/chat/completions"],
  ["POST", "/v1/responses"],
  ["GET", "/health/"],
  ["GET", "/api/nope"],
  ["POST", "/nope"],
  ["DELETE", "/"],
] as const)("[HT5] %s %s is not there", async ([method, path]) => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}${path}`, { method });

  expect(response.status).toBe(404);
  expect(await response.text()).toBe("Not Found");
});

test.for(["/", "/nope", "/chat/main"])("[HT6] %s is a page of the web surface", async (path) => {
  await using target = await openTarget();
  const response = await fetch(`${target.httpUrl}${path}`);

  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/html");
});

test("[HT7] tools are run for those who know the secret", async () => {
  await using target = await openTarget();
  const invoke = (authorization: string, body: string) =>
    fetch(`${target.httpUrl}/tools/invoke`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body,
    });

  const unknown = await invoke(`Bearer ${target.token}`, '{"tool":"no_such_tool"}');
  const stranger = await invoke("Bearer wrong", "{}");
  const garbled = await invoke(`Bearer ${target.token}`, "{");

  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toEqual({
    ok: false,
    error: { type: "not_found", message: "Tool not available: no_such_tool" },
  });
  expect(stranger.status).toBe(401);
  expect(await stranger.json()).toEqual({ error: { message: "Unauthorized", type: "unauthorized" } });
  expect(garbled.status).toBe(400);
  expect(await garbled.json()).toMatchObject({ error: { type: "invalid_request_error" } });
});
