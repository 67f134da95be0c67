import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[VW1] wake words are cleaned, kept and told to everybody; none brings back the first ones", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using other = await gateway.connect({ scopes: [] });

  const set = await client.call("voicewake.set", { triggers: [" hey ", "", 3] });
  const kept = await client.call("voicewake.get");
  const reset = await client.call("voicewake.set", { triggers: [] });
  const wrong = await client.call("voicewake.set", { triggers: "hey" });

  expect([set.payload, kept.payload]).toEqual([{ triggers: ["hey"] }, { triggers: ["hey"] }]);
  expect(reset.payload).toEqual({ triggers: ["openclaw", "claude", "computer"] });
  expect(wrong.error.message).toBe("voicewake.set requires triggers: string[]");
  expect((await other.event("voicewake.changed")).payload).toEqual({ triggers: ["hey"] });
});
