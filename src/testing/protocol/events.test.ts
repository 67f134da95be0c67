import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import type { TestClient } from "../client.ts";
import { openTarget } from "./target.ts";

const PHONE = { id: "openclaw-ios", mode: "ui", version: "5", platform: "ios 18" };

/** The numbers of all events a client was sent, in the order they came. */
function seqs(client: TestClient): number[] {
  return client.events.flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
}

test("[EV1] seq starts at 1 on every connection and has no gaps", async () => {
  await using target = await openTarget();
  await using early = await target.connect();
  await using phone = await target.connect({ client: { ...PHONE, instanceId: "one" } });
  await using late = await target.connect();
  await early.event("presence");
  await using other = await target.connect({ client: { ...PHONE, instanceId: "two" } });
  await target.pass(POLICY.tickIntervalMs);
  await Promise.all([early.event("tick"), late.event("tick"), phone.event("tick"), other.event("tick")]);

  for (const client of [early, late, phone, other]) {
    expect(seqs(client)).toEqual(seqs(client).map((_, index) => index + 1));
    expect(seqs(client).length).toBeGreaterThan(0);
  }
  expect(seqs(early).length).toBeGreaterThan(seqs(other).length);
});

test("[EV2] tick comes every 30 seconds to everybody, with the time and nothing else", async () => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes: [] });

  await target.pass(POLICY.tickIntervalMs);
  const first = await client.event("tick");

  expect(first).toEqual({
    type: "event",
    event: "tick",
    payload: { ts: expect.any(Number) },
    seq: expect.any(Number),
  });
});

test("[EV3] presence tells of a client that comes and goes, and counts its state up", async () => {
  await using target = await openTarget();
  await using watcher = await target.connect();
  const instanceId = `watched-${target.url}`;
  const phone = await target.connect({ client: { ...PHONE, displayName: "Phone", instanceId } });
  const lineOf = (payload: Record<string, unknown>, reason: string) =>
    (payload["presence"] as Record<string, unknown>[]).find(
      (line) => line["instanceId"] === instanceId && line["reason"] === reason,
    );

  const came = await watcher.event("presence", (payload) => lineOf(payload, "connect") !== undefined);
  await phone[Symbol.asyncDispose]();
  const went = await watcher.event("presence", (payload) => lineOf(payload, "disconnect") !== undefined);

  expect(lineOf(came.payload, "connect")).toMatchObject({
    clientId: "openclaw-ios",
    host: "Phone",
    mode: "ui",
    platform: "ios 18",
    roles: ["operator"],
    text: "Node: unknown · mode ui",
    version: "5",
  });
  expect(went.stateVersion?.presence).toBeGreaterThan(came.stateVersion?.presence ?? Number.NaN);
  expect(phone.events.map(({ event }) => event)).toEqual(["connect.challenge"]);
});

test("[EV3] tools of the operator's own machine are not somebody who is there", async () => {
  await using target = await openTarget();
  await using client = await target.connect({ client: { id: "cli", mode: "cli", instanceId: "shell" } });

  const { payload } = await client.call("system-presence");

  expect(payload).toMatchObject({ 0: { mode: "gateway", reason: "self" } });
  expect(JSON.stringify(payload)).not.toContain("shell");
});

test("[EV4] health is told to everybody every minute, and counts its state up", async () => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes: [] });
  const before = (client.hello["snapshot"] as { stateVersion: { health: number } }).stateVersion.health;

  await target.pass(POLICY.healthRefreshIntervalMs);
  const event = await client.event("health");

  expect(event.payload).toMatchObject({ ok: true, defaultAgentId: "main", channels: {} });
  expect(event.stateVersion?.health).toBeGreaterThan(before);
});
