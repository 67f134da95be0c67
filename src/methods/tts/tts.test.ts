import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[TK1] whether replies are spoken, and by whom, is kept in the file that the status names", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const prefsPath = path.join(gateway.stateDir, "settings", "tts.json");

  await client.call("tts.enable");
  const chosen = await client.call("tts.setProvider", { provider: " xAI " });
  const status = await client.call("tts.status");
  const spoken = await client.call("tts.convert", { text: "hi" });

  expect(chosen.payload).toEqual({ provider: "xai" });
  expect(status.payload).toMatchObject({ enabled: true, auto: "always", provider: "xai", prefsPath });
  expect(JSON.parse(await readFile(prefsPath, "utf8"))).toEqual({
    tts: { auto: "always", persona: null, provider: "xai" },
  });
  expect(spoken.error.message).toBe("TTS conversion failed: xai: not configured; openai: not configured");
});

test.for([
  ["tts.setProvider", { provider: "nope" }, "Invalid provider. Use a registered TTS provider id."],
  ["tts.setPersona", { persona: "x" }, "Invalid persona. Use a configured TTS persona id."],
  ["tts.convert", { text: " " }, "tts.convert requires text"],
  ["tts.convert", { text: "x", provider: "no" }, "TTS conversion failed: no: no provider registered"],
] as const)("[TK2] %s %j is refused", async ([name, params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(name, params)).error.message).toBe(message);
});
