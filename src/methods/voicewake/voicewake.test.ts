import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { openTestGateway } from "../../testing/gateway.ts";
import { nodeClient } from "../../testing/node-client.ts";

test("[VW1] wake words are cleaned, kept and told to who may read; none brings back the first ones", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using other = await gateway.connect({ scopes: ["operator.read"] });

  const set = await client.call("voicewake.set", { triggers: [" hey ", "", 3] });
  const kept = await client.call("voicewake.get");
  const reset = await client.call("voicewake.set", { triggers: [] });
  const wrong = await client.call("voicewake.set", { triggers: "hey" });

  expect([set.payload, kept.payload]).toEqual([{ triggers: ["hey"] }, { triggers: ["hey"] }]);
  expect(reset.payload).toEqual({ triggers: ["openclaw", "claude", "computer"] });
  expect(wrong.error.message).toBe("voicewake.set requires triggers: string[]");
  expect((await other.event("voicewake.changed")).payload).toEqual({ triggers: ["hey"] });
});

test("[VW2] a node is told the words as soon as it is in, outside the numbers of its connection", async () => {
  await using gateway = await openTestGateway();
  await using node = await nodeClient(gateway, new TestDevice());

  const words = await node.event("voicewake.changed");
  const routing = await node.event("voicewake.routing.changed");

  expect(words.payload).toEqual({ triggers: ["openclaw", "claude", "computer"] });
  expect(routing.payload).toEqual({
    config: { version: 1, defaultTarget: { mode: "current" }, routes: [], updatedAtMs: 0 },
  });
  expect([words.seq, routing.seq]).toEqual([undefined, undefined]);
});
