import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { POLICY } from "../../../schemas/policy.ts";
import { openTarget } from "./target.ts";

/** The status of the HTTP answer to an upgrade that is refused. */
function refusedUpgrade(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { headers });
    ws.on("open", () => reject(new Error("the upgrade was not refused")));
    ws.on("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (chunk) => (body += String(chunk)));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    ws.on("error", () => {});
  });
}

test("[LM1] a client may have 32 sockets before the handshake; those that are done with it do not count", async () => {
  await using target = await openTarget();
  await using stack = new AsyncDisposableStack();
  stack.use(await target.connect());
  for (let count = 0; count < POLICY.preAuthSocketsMax; count += 1) stack.use(await target.open());

  expect(await refusedUpgrade(target.url)).toEqual({
    status: 503,
    body: "Too many unauthenticated sockets",
  });
  expect((await fetch(`${target.httpUrl}/health`)).status).toBe(200);
});

test("[LM2] a peer that answers no ping is dropped after 75 seconds", async () => {
  await using target = await openTarget();
  await using client = await target.connect();
  // Only the receiving half is stopped: nothing is read, so nothing is answered.
  client.socket.pause();

  await target.pass(3 * POLICY.pingIntervalMs);
  client.socket.resume();

  expect(await client.closed).toMatchObject({ code: 1006 });
});

test("[LM2] a peer that answers is left alone", async () => {
  await using target = await openTarget();
  await using client = await target.connect();
  let pings = 0;
  const pinged = new Promise<void>((resolve) => client.socket.on("ping", () => ++pings === 3 && resolve()));

  for (let count = 0; count < 3; count += 1) {
    await target.pass(POLICY.pingIntervalMs);
    await client.call("health");
  }
  await pinged;

  expect(await client.call("health")).toMatchObject({ ok: true });
});

test.for([
  { "x-forwarded-for": "192.0.2.7" },
  { "x-real-ip": "192.0.2.7" },
  { forwarded: "for=192.0.2.7" },
  { "x-forwarded-proto": "https" },
  { "x-forwarded-host": "gateway.example" },
  { "tailscale-user-login": "somebody" },
])("[LM3] a proxy that nobody trusts speaks for nobody: %j", async (headers) => {
  await using target = await openTarget();

  const { status, body } = await refusedUpgrade(target.url, headers);

  expect(status).toBe(403);
  expect(JSON.parse(body)).toMatchObject({ error: { type: "proxy_attribution_required" } });
  expect((await fetch(`${target.httpUrl}/`, { headers })).status).toBe(403);
  expect((await fetch(`${target.httpUrl}/health`, { headers })).status).toBe(200);
});
