import { expect, test } from "vitest";
import type { ConnectParams } from "../../../schemas/handshake.ts";
import { connectParams } from "../../testing/client.ts";
import { TestDevice } from "../../testing/device.ts";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

/** A page of the Control UI, as its gateway served it. */
async function openPage(gateway: TestGateway) {
  const page = await gateway.open({ origin: `http://127.0.0.1:${gateway.port}` });
  const { payload } = await page.event("connect.challenge");
  const params = connectParams(gateway.token, {
    client: { id: "openclaw-control-ui", mode: "webchat" },
    caps: ["ui-commands"],
  });
  const challenge = { nonce: String(payload["nonce"]), issuedAt: Number(payload["ts"]) };
  const proven = new TestDevice().prove(params as unknown as ConnectParams, challenge);
  expect(await page.call("connect", proven)).toMatchObject({ ok: true });
  return page;
}

test("[UC1] only a page of the Control UI can have its view changed", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ caps: ["ui-commands"] });
  const answer = await client.call("ui.command", { command: { kind: "sidebar", visible: true } });
  expect(answer.error).toMatchObject({
    code: "UNAVAILABLE",
    message: "no requesting Control UI; ask from the Control UI to change its view",
  });
});

test("[UC1] the page that asked is told, with whole keys, and no other page is", async () => {
  await using gateway = await openTestGateway();
  await using page = await openPage(gateway);
  await using other = await openPage(gateway);
  const command = { kind: "split", direction: "right", sessionKey: "main" };
  expect((await page.call("ui.command", { command })).payload).toEqual({ ok: true });
  expect((await page.event("ui.command")).payload).toEqual({
    command: { ...command, sessionKey: "agent:main:main" },
    sessionKey: "agent:main:main",
    agentId: "main",
  });
  await other.call("health", {});
  expect(other.events.map(({ event }) => event)).not.toContain("ui.command");
});
