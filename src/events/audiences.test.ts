import { expect, test } from "vitest";
import { openTestGateway } from "../testing/gateway.ts";
import { approvedNode } from "../testing/node-client.ts";

test("[EV7] who is there is told to readers, and to nobody who may not read", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  await using bare = await gateway.connect({ scopes: [] });
  await using pairing = await gateway.connect({ scopes: ["operator.pairing"] });
  const { admin, node } = await approvedNode(gateway);
  await admin.call("system-event", { text: "hello" });
  await reader.event("presence", (payload) => JSON.stringify(payload).includes("hello"));
  // Each answers, so whatever it was told before has come.
  for (const peer of [bare, pairing, node]) await peer.call("gateway.identity.get", {});

  expect([bare, pairing].map((peer) => peer.events.filter(({ event }) => event === "presence"))).toEqual([
    [],
    [],
  ]);
});

test("[EV7] the words that wake are told to readers and, outside of the numbers, to nodes", async () => {
  await using gateway = await openTestGateway();
  await using bare = await gateway.connect({ scopes: [] });
  const { admin, node } = await approvedNode(gateway);
  await admin.call("voicewake.set", { triggers: ["abracadabra"] });
  const isNew = (payload: Record<string, unknown>) => JSON.stringify(payload).includes("abracadabra");
  const toNode = await node.event("voicewake.changed", isNew);
  const toReader = await admin.event("voicewake.changed", isNew);
  await bare.call("gateway.identity.get", {});

  expect([toNode.seq, typeof toReader.seq]).toEqual([undefined, "number"]);
  expect(bare.events.filter(({ event }) => event === "voicewake.changed")).toEqual([]);
});

test("[EV8] what a node wants to be approved is told before the node is shown", async () => {
  await using gateway = await openTestGateway();
  const { admin } = await approvedNode(gateway);
  await admin.event("presence", (payload) => JSON.stringify(payload).includes("Node: box"));
  const told = admin.events.map(({ event }) => event);
  expect(told.indexOf("node.pair.requested")).toBeLessThan(told.lastIndexOf("presence"));
  expect(told.indexOf("node.pair.requested")).toBeGreaterThan(-1);
});
