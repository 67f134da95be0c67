import type { Clock } from "../../platform/clock.ts";
import type { Outcome, Telemetry } from "./index.ts";

/** Runs that are followed at once, and messages remembered as counted. Beyond it the oldest are let go. */
const FOLLOWED_MAX = 4_096;

interface FollowedRun {
  readonly runId: string;
  readonly startedAt: number;
  provider: string;
  model: string;
  modelAt: number | undefined;
  /** When the model that is at work said something first. */
  firstPieceAt: number | undefined;
  readonly toolsAt: Map<string, number>;
}

type Data = Readonly<Record<string, unknown>>;

const record = (value: unknown): Data =>
  // Only read member by member, and each member is looked at before it is used.
  typeof value === "object" && value !== null ? (value as Data) : {};
const text = (value: unknown): string => (typeof value === "string" && value !== "" ? value : "unknown");
const amount = (value: unknown): number => (typeof value === "number" && value > 0 ? value : 0);

/** Follows runs by the events that clients get, so that no part of a run has to know that it is measured. */
export function watchEvents(options: {
  readonly overhear: (event: string, listener: (payload: unknown) => void) => void;
  readonly telemetry: Telemetry;
  readonly clock: Pick<Clock, "elapsed">;
}): void {
  const { overhear, telemetry, clock } = options;
  const runs = new Map<string, FollowedRun>();
  const counted = new Set<string>();
  const latestRuns = new Map<string, string>();
  const since = (from: number): number => (clock.elapsed() - from) / 1000;

  overhear("agent", (payload) => {
    const { runId, agentId, sessionKey, stream, data } = record(payload);
    if (typeof runId !== "string") return;
    if (typeof sessionKey === "string") latest(sessionKey, runId);
    if (stream === "lifecycle") lifecycle(runId, text(agentId), record(data));
    else if (stream === "tool") tool(runId, record(data));
    else if (stream === "assistant" || stream === "thinking") firstPiece(runs.get(runId));
    else if (stream === "usage") modelEnded(runs.get(runId), "completed");
  });
  overhear("session.message", (payload) => {
    const { messageId, message, agentId, sessionKey } = record(payload);
    const { role, provider, model, usage } = record(message);
    if (role !== "assistant" || typeof messageId !== "string" || counted.has(messageId)) return;
    remember(counted, messageId);
    const { input, output, cacheRead, cacheWrite, cost } = record(usage);
    telemetry.tokensUsed({
      runId: (typeof sessionKey === "string" ? latestRuns.get(sessionKey) : undefined) ?? "",
      agentId: text(agentId),
      provider: text(provider),
      model: text(model),
      tokens: {
        input: amount(input),
        output: amount(output),
        cache_read: amount(cacheRead),
        cache_write: amount(cacheWrite),
      },
      costUsd: amount(record(cost)["total"]),
    });
  });

  function lifecycle(runId: string, agentId: string, data: Data): void {
    const run = runs.get(runId);
    switch (data["phase"]) {
      case "start":
        if (run !== undefined) return;
        telemetry.turnCreated(agentId, runId);
        if (runs.size >= FOLLOWED_MAX) runs.delete(runs.keys().next().value ?? "");
        runs.set(runId, {
          runId,
          startedAt: clock.elapsed(),
          provider: "unknown",
          model: "unknown",
          modelAt: undefined,
          firstPieceAt: undefined,
          toolsAt: new Map(),
        });
        return;
      case "model":
        if (run === undefined || typeof data["model"] !== "string") return;
        run.provider = text(data["provider"]);
        run.model = data["model"];
        run.modelAt = clock.elapsed();
        return;
      case "end":
      case "error": {
        if (run === undefined) return;
        const outcome =
          data["aborted"] === true ? "aborted" : data["phase"] === "end" ? "completed" : "error";
        modelEnded(run, outcome);
        runs.delete(runId);
        const { provider, model } = run;
        return telemetry.runEnded({ runId, provider, model, outcome, seconds: since(run.startedAt) });
      }
      default:
    }
  }

  /** The model has said all it had to say, or the run is over. */
  function modelEnded(run: FollowedRun | undefined, outcome: Outcome): void {
    if (run?.modelAt === undefined) return;
    const { runId, provider, model, modelAt, firstPieceAt } = run;
    run.modelAt = undefined;
    run.firstPieceAt = undefined;
    const first = firstPieceAt === undefined ? {} : { firstPieceSeconds: (firstPieceAt - modelAt) / 1000 };
    telemetry.modelCalled({ runId, provider, model, outcome, seconds: since(modelAt), ...first });
  }

  function firstPiece(run: FollowedRun | undefined): void {
    if (run?.modelAt !== undefined) run.firstPieceAt ??= clock.elapsed();
  }

  function latest(sessionKey: string, runId: string): void {
    if (latestRuns.get(sessionKey) === runId) return;
    latestRuns.delete(sessionKey);
    if (latestRuns.size >= FOLLOWED_MAX) latestRuns.delete(latestRuns.keys().next().value ?? "");
    latestRuns.set(sessionKey, runId);
  }

  function tool(runId: string, data: Data): void {
    const { phase, toolCallId, name, isError } = data;
    const started = runs.get(runId)?.toolsAt;
    if (started === undefined || typeof toolCallId !== "string") return;
    if (phase === "start" && started.size < FOLLOWED_MAX) started.set(toolCallId, clock.elapsed());
    const startedAt = started.get(toolCallId);
    if (phase !== "result" || startedAt === undefined) return;
    started.delete(toolCallId);
    telemetry.toolRan({
      runId,
      name: text(name),
      outcome: isError === true ? "error" : "completed",
      seconds: since(startedAt),
    });
  }
}

function remember(known: Set<string>, id: string): void {
  if (known.size >= FOLLOWED_MAX) known.delete(known.values().next().value ?? "");
  known.add(id);
}
