import { expect, test } from "vitest";
import { startGateway } from "../../main.ts";
import { testConfig } from "../config.ts";
import { openTestGateway } from "../gateway.ts";

test("[SD1] at the end every peer is told, and closed as for a restart", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: [] });
  await using silent = await gateway.open();
  await silent.event("connect.challenge");

  const ended = gateway.gateway.close();
  const told = await client.event("shutdown");

  expect(told).toMatchObject({ payload: { reason: "gateway stopping" }, seq: expect.any(Number) });
  expect(await client.closed).toEqual({ code: 1012, reason: "service restart" });
  expect(await silent.closed).toEqual({ code: 1012, reason: "service restart" });
  expect(silent.events.map(({ event }) => event)).toEqual(["connect.challenge"]);
  await ended;
});

test("[SD2] the port is free afterwards, and ending twice is ending once", async () => {
  await using gateway = await openTestGateway();

  await Promise.all([gateway.gateway.close(), gateway.gateway.close()]);

  await expect(gateway.connect()).rejects.toThrow("ECONNREFUSED");
});

test("[SD3] a peer that does not close its side cannot hold up the end", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  client.socket.pause();

  await gateway.gateway.close();
  client.socket.resume();

  expect(await client.closed).toMatchObject({ code: expect.any(Number) });
});

test("[SD5] two gateways live in one process and know nothing of each other", async () => {
  await using one = await openTestGateway();
  await using two = await openTestGateway();
  await using client = await one.connect();

  await two.gateway.close();

  expect(await client.call("health")).toMatchObject({ ok: true });
  expect(client.events.map(({ event }) => event)).not.toContain("shutdown");
});

test("[SD6] a start that fails leaves nothing open behind it", async () => {
  await using taken = await openTestGateway();
  await using folder = await openTestGateway();
  await folder.gateway.close();
  const config = await testConfig(folder.stateDir);
  const start = (port: number) => startGateway({ config, port });

  await expect(start(taken.port)).rejects.toThrow("EADDRINUSE");

  await using second = await start(0);
  expect(second.port).toBeGreaterThan(0);
});
