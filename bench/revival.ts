import { randomUUID } from "node:crypto";
import { RunningGateway } from "./gateway.ts";
import { FakeProvider } from "./provider.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import type { Subject } from "./subject.ts";

/** From a kill -9 to the first word of a reply, on the state that was there. */
export async function revival(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using provider = await FakeProvider.start();
    await using gateway = await RunningGateway.start(subject, { config: provider.config() });
    await say(gateway);
    const killedAt = performance.now();
    await gateway.restart();
    const helloAt = performance.now();
    await say(gateway);
    sheet.add(subject, { what: "kill -9 to hello-ok", unit: "ms" }, helloAt - killedAt);
    sheet.add(subject, { what: "kill -9 to the end of a reply", unit: "ms" }, performance.now() - killedAt);
  });
  return sheet.rows();
}

async function say(gateway: RunningGateway): Promise<void> {
  await using client = await gateway.connect();
  const runId = randomUUID();
  const final = client.event("chat", (payload) => payload["runId"] === runId && payload["state"] === "final");
  await client.call("chat.send", { sessionKey: "main", message: "good morning", idempotencyKey: runId });
  await final;
}
