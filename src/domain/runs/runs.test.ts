import { expect, test } from "vitest";
import { createRunsRig, type RunsRig, type Told } from "../../testing/runs-rig.ts";
import { OFFLINE_ECHO } from "../models/index.ts";
import { type ProviderEvent, ProviderFailure } from "./provider.ts";

const stop: readonly ProviderEvent[] = [
  { type: "usage", usage: { input: 100, output: 5, cacheRead: 0, cacheWrite: 0, total: 105 } },
  { type: "stop", reason: "stop" },
];

function says(...words: readonly string[]) {
  return async function* (): AsyncGenerator<ProviderEvent> {
    for (const text of words) yield { type: "text", text };
    yield* stop;
  };
}

/** A model that says its words, then waits to be told to go on. */
function pausing(...words: readonly string[]) {
  const gate = Promise.withResolvers<void>();
  async function* script(_request: unknown, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    for (const text of words) yield { type: "text", text };
    await Promise.race([gate.promise, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
    signal.throwIfAborted();
    yield* stop;
  }
  return { script, goOn: () => gate.resolve() };
}

/** One line per thing told: what a person would call it. */
function outline(told: readonly Told[]): readonly string[] {
  return told.map(({ event, payload }) => {
    const data = (payload["data"] ?? {}) as Record<string, unknown>;
    const message = payload["message"] as { role?: string } | undefined;
    switch (event) {
      case "agent":
        return `agent ${payload["seq"]} ${payload["stream"]} ${data["phase"] ?? data["delta"] ?? data["outputTokens"]}`;
      case "chat":
        return `chat ${payload["seq"]} ${payload["state"]} ${payload["phase"] ?? payload["deltaText"] ?? payload["stopReason"] ?? ""}`;
      case "session.message":
        return `message ${message?.role}`;
      default:
        return `changed ${payload["reason"] ?? payload["phase"]}`;
    }
  });
}

function hasEnded(rig: RunsRig, runId: string) {
  return () => rig.journal.get(runId)?.outcome !== undefined;
}

test("[RN1] a turn is told in the reference's order, with numbers that count every piece of text", async () => {
  const rig = createRunsRig(says("Hello ", "from ", "the ", "fake ", "model."));

  const acceptance = await rig.runs.start(rig.request("k1", "hi there"));
  const outcome = await acceptance.done;

  expect(acceptance.status).toBe("started");
  expect(outcome).toMatchObject({ status: "ok", text: "Hello from the fake model.", stopReason: "stop" });
  const lines = outline(rig.told);
  expect(lines.filter((line) => !line.startsWith("changed"))).toEqual([
    "chat 1 status preparing_workspace",
    "agent 1 run_status preparing_workspace",
    "chat 2 status preparing_context",
    "agent 2 run_status preparing_context",
    "agent 3 lifecycle start",
    "chat 4 status starting_model",
    "agent 4 run_status starting_model",
    "message user",
    "agent 5 lifecycle model",
    "agent 6 assistant Hello",
    "chat 6 delta Hello",
    "agent 10 assistant  from the fake model.",
    "agent 11 usage 5",
    "message assistant",
    "agent 12 lifecycle finishing",
    "agent 13 lifecycle model",
    "agent 14 lifecycle end",
    "chat 14 delta  from the fake model.",
    "chat 14 final stop",
  ]);
  expect(lines.filter((line) => line.startsWith("changed"))).toEqual([
    "changed agent.run.started",
    "changed start",
    "changed model",
    "changed agent.input.settled",
    "changed model",
    "changed end",
  ]);
});

test("[RN2] the acknowledgement comes before the first event, and the request is in the journal by then", async () => {
  const rig = createRunsRig(says("a"));

  await rig.runs.start(rig.request("k1", "hi"));

  expect(rig.told).toEqual([]);
  expect(rig.journal.get("k1")?.request.message).toBe("hi");
});

test("[RN3] a key is taken once: in flight while it runs, its outcome afterwards, also after a restart", async () => {
  const model = pausing("a");
  const rig = createRunsRig(model.script);
  const first = await rig.runs.start(rig.request("k1", "hi"));

  const during = await rig.runs.start(rig.request("k1", "hi"));
  model.goOn();
  await first.done;
  const after = await rig.runs.start(rig.request("k1", "hi"));
  const restarted = await rig.restart().runs.start(rig.request("k1", "hi"));

  expect([during.status, after.status, restarted.status]).toEqual(["in_flight", "ended", "ended"]);
  expect(restarted.outcome?.text).toBe("a");
  expect(rig.calls).toHaveLength(1);
});

test("[RN4] text is bundled within the interval and shown without the white space at its end", async () => {
  const model = pausing("w0 ", "w1 ", "w2 ", "\n\n");
  const rig = createRunsRig(model.script);
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta w0"));
  await rig.until(() => rig.clock.pending > 1);

  rig.clock.advance(75);

  expect(outline(rig.told).slice(-2)).toEqual(["agent 8 assistant  w1 w2", "chat 8 delta  w1 w2"]);
  model.goOn();
  expect(await done).toMatchObject({ text: "w0 w1 w2" });
});

test("[RN5] a run that is stopped tells what it said and keeps it", async () => {
  const model = pausing("Begin ");
  const rig = createRunsRig(model.script);
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta Begin"));

  expect(await rig.runs.abort("agent:main:main", "k1")).toEqual(["k1"]);
  expect(await done).toMatchObject({ status: "aborted", stopReason: "rpc" });

  expect(rig.told.find(({ payload }) => payload["state"] === "aborted")?.payload).toMatchObject({
    stopReason: "rpc",
    message: { content: [{ type: "text", text: "Begin" }] },
  });
  expect(rig.transcript.at(-1)).toMatchObject({
    openclawAbort: { aborted: true, origin: "rpc", runId: "k1" },
  });
  expect(rig.entry()).toMatchObject({ status: "killed", abortedLastRun: true });
  expect(await rig.runs.abort("agent:main:main")).toEqual([]);
});

test("[RN6] a message during a run joins it at the next opportunity", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script);
  const first = await rig.runs.start(rig.request("k1", "first"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));

  const second = await rig.runs.start(rig.request("k2", "second"));
  await rig.until(() => rig.runs.pendingInputs("agent:main:main").length === 1);
  model.goOn();
  await Promise.all([first.done, second.done]);

  expect(rig.transcript.map((message) => message.role)).toEqual(["user", "assistant", "user", "assistant"]);
  expect(rig.transcript[2]?.["__openclaw"]).toMatchObject({ steerTargetRunId: "k1" });
  expect(
    rig.told.filter(({ payload }) => payload["state"] === "final").map(({ payload }) => payload["runId"]),
  ).toEqual(["k2", "k1"]);
  expect((await first.done).text).toBe("one\n\none");
});

test("[RN7] a follow-up waits, and its turn has a name of its own", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script);
  const first = await rig.runs.start(rig.request("k1", "first"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));
  const second = await rig.runs.start(rig.request("k2", "second", { queueMode: "followup" }));
  await rig.until(() => rig.runs.pendingInputs("agent:main:main").length === 1);
  model.goOn();
  await first.done;
  await rig.until(() => rig.clock.pending > 0);
  rig.clock.advance(500);
  await second.done;

  const starts = rig.told.filter(({ payload }) => (payload["data"] as { phase?: string })?.phase === "start");
  expect(starts.map(({ payload }) => payload["runId"])).toEqual(["k1", expect.stringMatching(/^id-/)]);
  expect(starts[1]?.payload["data"]).toMatchObject({ completionSource: "reply-dispatch" });
  expect(rig.calls[1]?.messages.at(-1)).toMatchObject({
    role: "user",
    text: "[Tue 2023-11-14 22:13 UTC] second",
  });
});

test("[RN8] with interrupt, the run that is active ends first and the acknowledgement says so", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script);
  const first = await rig.runs.start(rig.request("k1", "first"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));

  const second = await rig.runs.start(rig.request("k2", "second", { queueMode: "interrupt" }));

  expect(second.interruptedActiveRun).toBe(true);
  expect(await first.done).toMatchObject({ status: "aborted" });
  model.goOn();
  expect(await second.done).toMatchObject({ status: "ok" });
});

test("[RN9] a call that may work later is made again, and clients take its text back", async () => {
  let attempts = 0;
  async function* script(): AsyncGenerator<ProviderEvent> {
    attempts += 1;
    yield { type: "text", text: "Partial" };
    if (attempts === 1) throw new ProviderFailure("timeout", "cut");
    yield* stop;
  }
  const rig = createRunsRig(script);
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  const retrying = await rig.until(() =>
    rig.told.find(({ payload }) => (payload["data"] as { phase?: string })?.phase === "retrying"),
  );
  rig.clock.advance(1_100);

  expect(await done).toMatchObject({ status: "ok", text: "Partial" });
  expect(retrying.payload["data"]).toMatchObject({ retryAttempt: 1, maxRetries: 8, reason: "timeout" });
  expect(rig.told.some(({ event, payload }) => event === "chat" && payload["replace"] === true)).toBe(true);
  expect(rig.transcript.filter((message) => message.role === "assistant")).toHaveLength(1);
});

test("[RN10] a call that will not work fails the run, once for the transcript and once for the client", async () => {
  // biome-ignore lint/correctness/useYield: it fails before it says anything.
  async function* script(): AsyncGenerator<ProviderEvent> {
    throw new ProviderFailure("auth", "bad key", { status: 401 });
  }
  const rig = createRunsRig(script);
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  const text =
    "⚠️ offline/echo request failed (authentication failed, HTTP 401). Re-authenticate the provider and try again.";

  // Who chats is told of the request as a whole, who asked by `agent` of the run.
  expect(await done).toMatchObject({ status: "error", error: expect.stringContaining(text) });
  expect(rig.transcript.at(-1)).toMatchObject({ stopReason: "error", idempotencyKey: "k1:terminal-error" });
  expect(rig.entry()).toMatchObject({ status: "failed", lastRunError: text });
});

test("[RN11] what a crash cut off is taken up again under a new name; what waited is shown as interrupted", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script);
  await rig.runs.start(rig.request("k1", "first"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));
  await rig.runs.start(rig.request("k2", "second", { queueMode: "followup" }));
  const after = rig.restart();
  await after.runs.recover();

  const repeated = await after.runs.start(rig.request("k2", "second"));

  expect(after.runs.pendingInputs("agent:main:main")).toMatchObject([{ runId: "k2", state: "interrupted" }]);
  expect(repeated).toMatchObject({ status: "ended", outcome: { status: "error" } });
  expect(rig.journal.get("k1")?.outcome).toMatchObject({ status: "error" });
  const resumed = await after.until(() => after.calls[0]);
  expect(resumed.messages.at(-1)?.text).toMatch(/^\[Tue .*\] \[System\]/);
});

test("[RN49] who asks after the end of a run waits until it is on record", async () => {
  const rig = createRunsRig(says("done"));
  await rig.runs.start(rig.request("k1", "hi"));
  await rig.until(() => outline(rig.told).some((line) => line.endsWith("final stop")));
  const during = rig.runs.activeRunIds("agent:main:main");

  await rig.runs.atRest("agent:main:main");

  expect([during, rig.runs.activeRunIds("agent:main:main")]).toEqual([["k1"], []]);
  expect(rig.journal.get("k1")?.outcome?.status).toBe("ok");
});

test("[RN49] a run that clients were told the end of is not stopped any more, and its key is answered with the end", async () => {
  const rig = createRunsRig(says("done"));
  await rig.runs.start(rig.request("k1", "hi"));
  await rig.until(() => outline(rig.told).some((line) => line.endsWith("final stop")));
  const toldBefore = outline(rig.told).filter((line) => line.startsWith("chat"));

  const stopped = await rig.runs.abort("agent:main:main", undefined);
  const again = await rig.runs.start(rig.request("k1", "hi"));

  expect(stopped).toEqual([]);
  expect(again).toMatchObject({ status: "ended", outcome: { status: "ok", text: "done" } });
  expect(outline(rig.told).filter((line) => line.startsWith("chat"))).toEqual(toldBefore);
});

test("[RN48] two messages of one moment keep their order, also when the first has a session to make", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script, { queueMode: "followup" });

  await Promise.all([
    rig.runs.start(rig.request("k1", "first")),
    rig.runs.start(rig.request("k2", "second")),
  ]);
  await rig.until(() => rig.runs.pendingInputs("agent:main:main").length === 1);

  expect(rig.runs.activeRunIds("agent:main:main")).toEqual(["k1"]);
});

test("[RN12] a reply that was stored before the crash is not made again", async () => {
  const rig = createRunsRig(says("done"));
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  await done;
  rig.journal.set("k1", { request: rig.request("k1", "hi") });
  const after = rig.restart();

  await after.runs.recover();

  expect(rig.journal.get("k1")?.outcome).toMatchObject({ status: "ok", text: "done" });
  expect(after.calls).toHaveLength(0);
});

test("[RN12] the reply of a turn of the queue is found by its place, as the turn goes by another name", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script, { queueMode: "followup" });
  await rig.runs.start(rig.request("k1", "first"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));
  const queued = await rig.runs.start(rig.request("k2", "second"));
  await rig.until(() => rig.runs.pendingInputs("agent:main:main").length === 1);
  model.goOn();
  await rig.until(hasEnded(rig, "k1"));
  await rig.until(() => {
    rig.clock.advance(500);
    return rig.calls.length === 2;
  });
  await queued.done;
  rig.journal.set("k2", { request: rig.request("k2", "second") });
  const after = rig.restart();

  await after.runs.recover();

  expect(rig.journal.get("k2")?.outcome).toMatchObject({ status: "ok" });
  expect(after.runs.pendingInputs("agent:main:main")).toEqual([]);
});

test("[RN11] what had begun is taken up, also when what waited was accepted in the same moment and stands before it", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script);
  await rig.runs.start(rig.request("k2", "begun"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));
  const begun = rig.journal.get("k2");
  rig.journal.delete("k2");
  rig.journal.set("k1", { request: rig.request("k1", "waited") });
  if (begun !== undefined) rig.journal.set("k2", begun);
  const after = rig.restart();

  await after.runs.recover();

  expect(after.runs.pendingInputs("agent:main:main")).toMatchObject([{ runId: "k1", state: "interrupted" }]);
  expect(rig.journal.get("k2")?.outcome).toMatchObject({ status: "error" });
  await after.until(() => after.calls.length === 1);
});

test("[RN13] a message that was acknowledged and not begun runs after the crash, once", async () => {
  const rig = createRunsRig(says("done"));
  rig.journal.set("k1", { request: rig.request("k1", "hi") });
  const after = rig.restart();

  await after.runs.recover();
  await after.until(hasEnded(after, "k1"));

  expect(after.transcript.map((message) => message.role)).toEqual(["user", "assistant"]);
});

test("[RN14] tools run side by side, and the model gets their results in the order of its calls", async () => {
  const started: string[] = [];
  const bothStarted = Promise.withResolvers<void>();
  const tool = {
    name: "read",
    description: "",
    parameters: {},
    isCommandBearing: false,
    isInOrder: false,
    describe: () => undefined,
    run: async (args: unknown) => {
      started.push(String(args));
      if (started.length === 2) bothStarted.resolve();
      await bothStarted.promise;
      return { text: `result of ${args}`, isError: false };
    },
  };
  async function* script(request: { messages: readonly { role: string }[] }): AsyncGenerator<ProviderEvent> {
    if (!request.messages.some((message) => message.role === "tool")) {
      yield { type: "tool-call", call: { id: "c1", name: "read", arguments: "a" } };
      yield { type: "tool-call", call: { id: "c2", name: "read", arguments: "b" } };
    } else yield { type: "text", text: "ok" };
    yield* stop;
  }
  const rig = createRunsRig(script, { tools: [tool] });
  const { done } = await rig.runs.start(rig.request("k1", "hi"));

  expect(await done).toMatchObject({ status: "ok", receipt: { successfulToolNames: ["read"] } });
  expect(rig.calls[1]?.messages.slice(-2)).toMatchObject([
    { role: "tool", callId: "c1", text: "result of a" },
    { role: "tool", callId: "c2", text: "result of b" },
  ]);
  expect(new Set(rig.told.filter((one) => one.payload["stream"] === "tool").map((one) => one.cap))).toEqual(
    new Set(["tool-events"]),
  );
});

test("[RN15] more messages than the queue holds are refused and may be sent again", async () => {
  const model = pausing("one");
  const rig = createRunsRig(model.script, { queueMode: "followup" });
  await rig.runs.start(rig.request("k0", "first"));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));
  for (const id of ["k1", "k2", "k3"]) {
    await rig.runs.start(rig.request(id, id));
    await rig.until(() => rig.runs.pendingInputs("agent:main:main").some((one) => one.runId === id));
  }

  await expect(rig.runs.start(rig.request("k4", "k4"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(rig.journal.has("k4")).toBe(false);
});

test("[RN18] calls that change files run in the order of the answer", async () => {
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const tool = {
    name: "write",
    description: "",
    parameters: {},
    isCommandBearing: false,
    isInOrder: true,
    describe: () => undefined,
    run: async (args: unknown) => {
      if (args === "a") await gate.promise;
      order.push(String(args));
      return { text: "", isError: false };
    },
  };
  async function* script(request: { messages: readonly { role: string }[] }): AsyncGenerator<ProviderEvent> {
    if (!request.messages.some((message) => message.role === "tool")) {
      yield { type: "tool-call", call: { id: "c1", name: "write", arguments: "a" } };
      yield { type: "tool-call", call: { id: "c2", name: "write", arguments: "b" } };
    } else yield { type: "text", text: "ok" };
    yield* stop;
  }
  const rig = createRunsRig(script, { tools: [tool] });
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  await rig.until(() => rig.told.filter((one) => one.payload["stream"] === "tool").length === 2);
  gate.resolve();
  await done;

  expect(order).toEqual(["a", "b"]);
});

test("[RN19] what a model thinks is told on its own, and its answer is held back until it is whole", async () => {
  async function* script(): AsyncGenerator<ProviderEvent> {
    yield { type: "thinking", text: "Hm. " };
    yield { type: "text", text: "Yes" };
    yield { type: "text", text: " indeed" };
    yield* stop;
  }
  const rig = createRunsRig(script, { model: { ...OFFLINE_ECHO, reasoning: true } });
  const { done } = await rig.runs.start(rig.request("k1", "hi"));
  await done;

  const streams = rig.told.flatMap(({ event, payload }) => (event === "agent" ? [payload["stream"]] : []));
  expect(streams.slice(streams.indexOf("thinking"))).toEqual([
    "thinking",
    "usage",
    "assistant",
    "lifecycle",
    "lifecycle",
    "lifecycle",
  ]);
  expect(rig.transcript.at(-1)?.content).toEqual([
    { type: "thinking", thinking: "Hm. " },
    { type: "text", text: "Yes indeed" },
  ]);
});

test("[RN11] a turn that was cut off again and again is given up", async () => {
  const rig = createRunsRig(pausing("one").script);
  await rig.runs.start(rig.request("k1", "first", { resumes: 3 }));
  await rig.until(() => outline(rig.told).includes("chat 6 delta one"));
  const after = rig.restart();

  await after.runs.recover();

  expect(after.runs.activeRunIds("agent:main:main")).toEqual([]);
  expect(rig.journal.get("k1")?.outcome).toMatchObject({ status: "error" });
  expect(rig.entry()).toMatchObject({ status: "failed" });
});
