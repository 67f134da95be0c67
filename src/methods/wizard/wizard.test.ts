import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

interface Step {
  readonly id: string;
  readonly type: string;
  readonly title?: string;
  readonly message?: string;
}

/** Answers the steps of a wizard one after another; gives back all that it said. */
async function walk(client: TestClient, sessionId: unknown, first: unknown, answers: readonly unknown[]) {
  let step = first as Step | undefined;
  let payload: Record<string, unknown> = {};
  const said: Step[] = [];
  for (const value of answers) {
    if (step === undefined) break;
    said.push(step);
    const answer = { stepId: step.id, value };
    ({ payload } = await client.call("wizard.next", { sessionId, answer }));
    step = payload["step"] as Step | undefined;
  }
  return { said, payload };
}

test("[WZ1] the set-up is walked through step by step, and what was answered is in the configuration", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const begun = (await client.call("wizard.start", {})).payload;
  expect(begun).toMatchObject({ done: false, status: "running", step: { type: "note", executor: "client" } });
  const { said, payload } = await walk(client, begun["sessionId"], begun["step"], [
    undefined,
    undefined,
    true,
    undefined,
    false,
    "keep-model",
    undefined,
    true,
    undefined,
    undefined,
    undefined,
  ]);
  expect(said.map(({ type, title, message }) => title ?? message ?? type)).toEqual([
    "OpenClaw setup",
    "Security disclaimer",
    expect.stringContaining("Go on?"),
    "Help make OpenClaw better?",
    "Help make OpenClaw better?",
    "Setup mode",
    "QuickStart",
    "Test AI access now with a live completion?",
    "Testing AI access with a live completion…",
    "AI access test",
    "Control UI",
  ]);
  expect(payload).toMatchObject({ done: true, status: "done" });
  const file = JSON.parse(await readFile(path.join(gateway.stateDir, "openclaw.json"), "utf8")) as {
    wizard: Record<string, string>;
  };
  expect(file.wizard).toMatchObject({ lastRunMode: "local", securityAcknowledgedAt: expect.any(String) });
  expect((await client.call("wizard.status", { sessionId: begun["sessionId"] })).error.message).toBe(
    "wizard not found",
  );
});

test("[WZ2] who does not accept the risk has not set anything up", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const begun = (await client.call("wizard.start", {})).payload;
  const { payload } = await walk(client, begun["sessionId"], begun["step"], [undefined, undefined, false]);
  expect(payload).toMatchObject({ done: true, status: "cancelled", error: "risk not accepted" });
});

test("[WZ3] there is one wizard at a time; how it was given up is told once", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { sessionId, step } = (await client.call("wizard.start", {})).payload;
  expect((await client.call("wizard.start", {})).error).toMatchObject({
    code: "UNAVAILABLE",
    retryable: true,
    details: { code: "SETUP_ADMISSION_BUSY" },
  });
  expect((await client.call("wizard.next", { sessionId })).payload["step"]).toEqual(step);
  const odd = await client.call("wizard.next", { sessionId, answer: { stepId: "x" } });
  expect(odd.error.message).toBe("Error: wizard: no pending step");
  const cancelled = { status: "cancelled", error: "cancelled" };
  expect((await client.call("wizard.cancel", { sessionId })).payload).toEqual(cancelled);
  expect((await client.call("wizard.status", { sessionId })).payload).toEqual(cancelled);
  expect((await client.call("wizard.status", { sessionId })).error).toMatchObject({
    message: "wizard not found",
    details: { code: "WIZARD_NOT_FOUND" },
  });
});

test("[WZ4] a channel that nobody knows is an error at once", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const nobody = await client.call("wizard.start", { flow: "channels", channel: "nope" });
  expect(nobody.payload).toMatchObject({ done: true, status: "error" });
  const { sessionId } = (await client.call("wizard.start", { flow: "channels" })).payload;
  const closed = await client.call("wizard.cancel", { sessionId, closeInput: true });
  expect(closed.payload).toEqual({ status: "error", error: "The setup window was closed." });
});
