import { expect, test } from "vitest";
import { createRunsRig } from "../../testing/runs-rig.ts";
import { OFFLINE_ECHO } from "../models/index.ts";
import type { ProviderEvent, ProviderRequest } from "./provider.ts";

const KEY = "agent:main:main";

/** A model that writes notes when it is asked for them, and says `ok` otherwise. */
async function* notes(request: ProviderRequest): AsyncGenerator<ProviderEvent> {
  const isSummary = request.tools.length === 0 && request.system.startsWith("You write the notes");
  yield { type: "text", text: isSummary ? "They spoke of cats." : "ok" };
  yield { type: "stop", reason: "stop" };
}

async function afterTwo(script: typeof notes) {
  const rig = createRunsRig(script, { keepTokens: 10 });
  for (const [runId, message] of [
    ["k1", `tell me about cats ${"x".repeat(200)}`],
    ["k2", "and dogs"],
  ] as const) {
    const { done } = await rig.runs.start(rig.request(runId, message));
    await done;
  }
  return rig;
}

test("[RN40] the older part becomes notes, the newest exchange stays, and the transcript keeps everything", async () => {
  const rig = await afterTwo(notes);
  const before = rig.transcript.length;

  const outcome = await rig.runs.compact(KEY);
  const { done } = await rig.runs.start(rig.request("k3", "go on"));
  await done;

  expect(outcome).toMatchObject({ ok: true, compacted: true, result: { summary: "They spoke of cats." } });
  expect(rig.transcript.slice(0, before).map((message) => message.role)).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
  ]);
  expect(rig.transcript[before]).toMatchObject({ role: "system", __openclaw: { kind: "compaction" } });
  const asked = rig.calls.at(-1)?.messages.map((message) => message.text);
  expect(asked).toHaveLength(4);
  expect(asked?.[0]).toMatch(/They spoke of cats\.$/);
  expect(asked?.slice(1)).toEqual([
    expect.stringMatching(/\] and dogs$/),
    "ok",
    expect.stringMatching(/\] go on$/),
  ]);
});

test("[RN40] who follows the session is told when it begins and how it ended", async () => {
  const rig = await afterTwo(notes);

  await rig.runs.compact(KEY);

  const told = rig.told.filter((one) => one.event === "session.operation").map((one) => one.payload);
  expect(told).toMatchObject([
    { operation: "compact", phase: "start", sessionKey: KEY },
    { operation: "compact", phase: "end", completed: true },
  ]);
  expect(told[0]?.["operationId"]).toBe(told[1]?.["operationId"]);
});

test("[RN40] a session that is small enough stays as it is", async () => {
  const rig = createRunsRig(notes);
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  await done;

  expect(await rig.runs.compact(KEY)).toEqual({
    ok: false,
    compacted: false,
    reason: "Nothing to compact (session too small)",
  });
});

test("[RN40] notes that break off change nothing", async () => {
  const rig = await afterTwo(async function* (request) {
    for await (const piece of notes(request)) {
      if (piece.type !== "stop" || request.tools.length > 0 || !request.system.startsWith("You write"))
        yield piece;
    }
  });
  const before = rig.transcript.length;

  const outcome = await rig.runs.compact(KEY);

  expect(outcome).toMatchObject({ ok: false, compacted: false, reason: "the summary broke off" });
  expect(rig.transcript).toHaveLength(before);
  expect(rig.entry()?.compaction).toBeUndefined();
});

test("[RN41] what does not fit any more is put away before the model is asked", async () => {
  const model = { ...OFFLINE_ECHO, contextWindow: 2_000 };
  const rig = createRunsRig(notes, { keepTokens: 10, model });
  for (const runId of ["k1", "k2"]) {
    const { done } = await rig.runs.start(rig.request(runId, `${runId} ${"x".repeat(2_500)}`));
    await done;
  }

  const { done } = await rig.runs.start(rig.request("k3", "go on"));
  await done;

  expect(rig.told.some((one) => one.event === "session.operation")).toBe(true);
  expect(rig.calls.at(-1)?.messages[0]?.text).toMatch(/They spoke of cats\.$/);
  expect(rig.transcript.filter((message) => message.role === "user")).toHaveLength(3);
});
