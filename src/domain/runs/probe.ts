import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";
import type { Model } from "../models/index.ts";
import { type Broadcast, createBroadcast } from "./broadcast.ts";
import { asProviderFailure } from "./failure-texts.ts";
import { callModel } from "./model-call.ts";
import type { FailureReason, Providers } from "./provider.ts";

/** What a trial of a model came to, in the words of `models.probe`. */
export type ProbeStatus = "ok" | "auth" | "rate_limit" | "billing" | "timeout" | "format" | "unknown";

export interface ProbeResult {
  readonly status: ProbeStatus;
  readonly latencyMs: number;
  readonly error?: string;
}

/** Asks a model for one word, with the credentials of its provider: a real call, which may cost a few tokens. */
export type Probe = (model: Model, agentId: string, timeoutMs: number) => Promise<ProbeResult>;

export interface ProbeOptions {
  readonly providers: Providers;
  readonly events: Publisher;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly intervalMs: number;
}

const QUESTION = "Reply with OK. Do not use tools.";
const SYSTEM = "You are being tried out: answer with the one word that you are asked for.";
const HEX_DIGITS = 16;

const STATUS: Readonly<Record<FailureReason, ProbeStatus>> = {
  auth: "auth",
  billing: "billing",
  format: "format",
  model_not_found: "format",
  overloaded: "rate_limit",
  rate_limit: "rate_limit",
  server_error: "unknown",
  timeout: "timeout",
};

/**
 * compat(models/list): a trial is a run of a session that nothing is kept of, and clients are told of it as of any
 * other run.
 */
export function createProbe(options: ProbeOptions): Probe {
  const { clock, ids, events, intervalMs } = options;
  return async (model, agentId, timeoutMs) => {
    const runId = `probe-${model.provider}-${ids.uuid()}`;
    const mark = ids.uuid().replaceAll("-", "").slice(0, HEX_DIGITS);
    const sessionKey = `agent:${agentId}:internal-session-effects:${runId}-${mark}`;
    const identity = { runId, sessionKey, sessionId: "", agentId };
    const broadcast = createBroadcast(identity, { events, clock, intervalMs, style: "agent", more: {} });
    const startedAt = clock.now();
    const begun = clock.elapsed();
    const told = (data: Readonly<Record<string, unknown>>) =>
      broadcast.lifecycle(data, { sessionId: undefined });
    const limit = new AbortController();
    const timer = clock.after(timeoutMs, () => limit.abort());
    try {
      told({ phase: "start", startedAt });
      await ask(options, model, broadcast, limit.signal);
      const ending = { stopReason: "stop", aborted: false, livenessState: "working", endedAt: clock.now() };
      told({ phase: "finishing", ...ending });
      told({ phase: "end", ...ending, startedAt, replayInvalid: false, executionSettled: true });
      broadcast.final("stop");
      return { status: "ok", latencyMs: Math.round(clock.elapsed() - begun) };
    } catch (error) {
      const failure = asProviderFailure(error);
      const text = limit.signal.aborted ? "the model did not answer in time" : failure.message;
      told({ phase: "error", error: text, startedAt, endedAt: clock.now() });
      broadcast.failed(text);
      const status = limit.signal.aborted ? "timeout" : STATUS[failure.reason];
      return { status, error: text, latencyMs: Math.round(clock.elapsed() - begun) };
    } finally {
      timer.cancel();
      broadcast.stop();
    }
  };
}

async function ask(options: ProbeOptions, model: Model, broadcast: Broadcast, signal: AbortSignal) {
  const provider = await options.providers(model);
  broadcast.beginItem(`${options.ids.uuid()}:1`);
  await callModel({
    provider,
    request: {
      model,
      system: SYSTEM,
      messages: [{ role: "user", text: QUESTION }],
      tools: [],
      thinking: "off",
    },
    broadcast,
    clock: options.clock,
    signal,
    isAwaited: true,
    outputTokensBefore: 0,
    onFirstPiece: () =>
      broadcast.lifecycle(
        { phase: "model", provider: model.provider, model: model.id },
        { sessionId: undefined },
      ),
    ready: Promise.resolve(),
  });
}
