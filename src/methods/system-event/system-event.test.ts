import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[HE9] what a helper says of itself is a line of presence; its words are read where its facts are silent", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const told = await client.call("system-event", {
    text: "Node: box",
    deviceId: "b",
    host: "h",
    roles: ["r"],
  });
  const said = "Node: abc (10.0.0.1) · app 1.2 · last input 7s ago · mode ui · reason test";
  await client.call("system-event", { text: said });
  await client.call("system-event", { text: " one ", instanceId: "I" });
  await client.call("system-event", { text: "two", instanceId: "i" });
  const rows = (await client.call("system-presence", {})).payload as unknown as Record<string, unknown>[];

  expect(told.payload).toEqual({ ok: true });
  expect(rows).toContainEqual(expect.objectContaining({ text: "Node: box", host: "h", roles: ["r"] }));
  expect(rows).toContainEqual({
    text: said,
    ts: expect.any(Number) as number,
    host: "abc",
    ip: "10.0.0.1",
    version: "1.2",
    lastInputSeconds: 7,
    mode: "ui",
    reason: "test",
  });
  expect(rows.filter(({ text }) => text === "one" || text === "two")).toHaveLength(1);
});

test.for([
  [{ text: "  " }, "text required"],
  [{ text: 1 }, "invalid system-event params: at /text: must be string"],
  [{ text: "x", zz: 1 }, "invalid system-event params: at root: unexpected property 'zz'"],
] as const)("[HE9] an event without a text is refused: %j", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("system-event", params)).error.message).toBe(message);
});
