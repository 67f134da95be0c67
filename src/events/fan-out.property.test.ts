import fc from "fast-check";
import { expect, test } from "vitest";
import { EVENT_ACCESS } from "../../schemas/event-scopes.ts";
import { connectionRig } from "../testing/connection-rig.ts";

const SCOPES = [
  "operator.admin",
  "operator.approvals",
  "operator.pairing",
  "operator.questions",
  "operator.read",
  "operator.talk",
  "operator.write",
];
const EVENTS = [...Object.keys(EVENT_ACCESS), "a.family.nobody.listed"];

test("[EV6] whoever holds more scopes never sees less", async () => {
  const scopes = fc.subarray(SCOPES);
  await fc.assert(
    fc.asyncProperty(scopes, scopes, fc.subarray(EVENTS), async (some, more, events) => {
      const rig = connectionRig();
      const fewer = await rig.connect({ scopes: some });
      const greater = await rig.connect({ scopes: [...new Set([...some, ...more])] });
      for (const event of events) rig.fanOut.publish(event, {});
      const seen = new Set(greater.socket.events.map(({ event }) => event));
      expect(fewer.socket.events.filter(({ event }) => !seen.has(event))).toEqual([]);
    }),
  );
});

test("[EV6] an event that nobody listed reaches admins only", async () => {
  const rig = connectionRig();
  const admin = await rig.connect({ scopes: ["operator.admin"] });
  const writer = await rig.connect({ scopes: ["operator.write", "operator.approvals"] });
  const node = await rig.connect({ role: "node" });

  rig.fanOut.publish("a.family.nobody.listed", {});

  expect(admin.socket.events).toHaveLength(2);
  expect(writer.socket.events).toHaveLength(1);
  expect(node.socket.events).toHaveLength(1);
});

test("[EV6] what a connection may see is asked for again when it joins, not when an event comes", async () => {
  const rig = connectionRig();
  const early = await rig.connect({ scopes: ["operator.read"] });
  rig.fanOut.publish("chat", { n: 1 });
  const late = await rig.connect({ scopes: ["operator.read"] });
  rig.fanOut.publish("chat", { n: 2 });
  early.connection.closed();
  rig.fanOut.publish("chat", { n: 3 });

  expect(early.socket.events.slice(1)).toMatchObject([{ payload: { n: 1 } }, { payload: { n: 2 } }]);
  expect(late.socket.events.slice(1)).toMatchObject([
    { payload: { n: 2 }, seq: 1 },
    { payload: { n: 3 }, seq: 2 },
  ]);
});

test("[EV7] an event may be for a capability, a topic, some connections, or all but some", async () => {
  const rig = connectionRig();
  const scopes = ["operator.read"];
  const plain = await rig.connect({ scopes });
  const capable = await rig.connect({ scopes, caps: ["tool-events"] });
  const ids = (receiver: typeof plain) => new Set([receiver.connection.connId]);

  rig.fanOut.publish("chat", { for: "cap" }, { cap: "tool-events" });
  rig.fanOut.publish("chat", { for: "plain" }, { connIds: ids(plain) });
  rig.fanOut.publish("chat", { for: "others" }, { exceptConnIds: ids(plain) });
  rig.fanOut.publish("chat", { for: "topic" }, { topics: ["sessions"] });

  expect(plain.socket.events.slice(1)).toMatchObject([{ payload: { for: "plain" } }]);
  expect(capable.socket.events.slice(1)).toMatchObject([
    { payload: { for: "cap" } },
    { payload: { for: "others" } },
  ]);
});
