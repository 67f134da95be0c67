import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[PT1] a portal forwards to its port what comes with the token, and nothing else, until it is closed", async () => {
  const seen: unknown[] = [];
  const program = createServer((request, response) => {
    seen.push([request.url, request.headers.cookie]);
    response.end("hello");
  }).listen(0, "127.0.0.1");
  await once(program, "listening");
  const { port } = program.address() as AddressInfo;
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const opened = await client.call("portal.open", { port, title: "T", path: "/x" });
  const { url, publicUrl, tokenQuery } = opened.payload as Record<string, string>;
  const told = await reader.event("portal.changed");
  const stranger = await fetch(String(publicUrl));
  const visitor = await fetch(String(url));
  const cookie = String(visitor.headers.get("set-cookie")).split(";")[0] ?? "";
  const again = await fetch(`${String(publicUrl)}?a=1`, { headers: { cookie: `${cookie}; b=2` } });
  await client.call("portal.close", { id: `p${port}` });

  expect(JSON.stringify(told.payload)).not.toContain(String(tokenQuery));
  expect(stranger.status).toBe(401);
  expect([await visitor.text(), await again.text()]).toEqual(["hello", "hello"]);
  expect(seen).toEqual([
    ["/x", undefined],
    ["/x?a=1", "b=2"],
  ]);
  await expect(fetch(String(url))).rejects.toThrow();
  expect((await client.call("portal.list")).payload).toEqual({ portals: [] });
  program.close();
});

test("[PT2] a port is opened once; opening it again renames it; other machines are not here", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const [one, two] = await Promise.all([
    client.call("portal.open", { port: 9 }),
    client.call("portal.open", { port: 9, title: "nine" }),
  ]);
  const elsewhere = await client.call("portal.open", { port: 9, environmentId: "e" });

  expect(one.payload).toMatchObject({ id: "p9", title: "Port 9" });
  expect(two.payload).toEqual({ ...one.payload, title: "nine" });
  expect((await client.call("portal.list")).payload).toEqual({ portals: [two.payload] });
  expect(elsewhere.error.message).toBe("sessionKey is required for operator environment requests");
});
