import { POLICY } from "../../../schemas/policy.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agents } from "../agents/index.ts";
import type { Heartbeats } from "../heartbeat/index.ts";
import type { Models } from "../models/index.ts";
import type { RunOutcome, RunRequest, Runs } from "../runs/index.ts";
import type { Sessions } from "../sessions/index.ts";
import type { Claim, Job, Payload, RunResult } from "./job.ts";

export interface CommandOutput {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** Runs a program for a job. It comes back when the program has ended, at the latest after its time. */
export type CommandRunner = (
  command: Extract<Payload, { kind: "command" }>,
  limits: { readonly timeoutMs: number; readonly outputBytesMax: number },
) => Promise<CommandOutput>;

export interface RunnerParts {
  readonly runs: Runs;
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly models: Models;
  readonly heartbeats: Heartbeats;
  readonly runCommand: CommandRunner;
}

/** The agent that a job belongs to. */
export function agentOf(job: Job, agents: Agents): string {
  return job.agentId ?? agents.defaultId;
}

/** The session that a job's turn runs in. */
export function sessionKeyOf(
  job: Job,
  claim: Claim,
  parts: Pick<RunnerParts, "agents" | "sessions">,
): string {
  const agentId = agentOf(job, parts.agents);
  if (job.sessionTarget === "current" && job.sessionKey !== undefined) {
    return parts.sessions.canonicalKey(job.sessionKey, agentId);
  }
  if (job.sessionTarget.startsWith("session:")) {
    return parts.sessions.canonicalKey(job.sessionTarget.slice("session:".length), agentId);
  }
  return `agent:${agentId}:cron:${job.id}:run:${claim.sessionId}`;
}

/** Does what a job says, once. Handed the same claim again after a crash, it does not do it a second time. */
export async function execute(job: Job, claim: Claim, parts: RunnerParts): Promise<RunResult> {
  const { payload } = job;
  switch (payload.kind) {
    case "heartbeat":
      await parts.heartbeats.beat(agentOf(job, parts.agents));
      return { status: "ok" };
    case "systemEvent":
      return remind(job, payload.text, parts);
    case "agentTurn":
      return agentTurn(job, payload, claim, parts);
    case "command":
      return command(payload, claim, parts);
    case "script":
      return { status: "error", error: "cron script payloads are not supported by this gateway" };
  }
}

async function remind(job: Job, text: string, parts: RunnerParts): Promise<RunResult> {
  const agentId = agentOf(job, parts.agents);
  parts.heartbeats.enqueue({ text, kind: "reminder", agentId });
  if (job.wakeMode === "now") await parts.heartbeats.wakeNow(agentId, undefined);
  return { status: "ok", summary: text };
}

async function agentTurn(
  job: Job,
  payload: Extract<Payload, { kind: "agentTurn" }>,
  claim: Claim,
  parts: RunnerParts,
): Promise<RunResult> {
  const agentId = agentOf(job, parts.agents);
  if (parts.agents.get(agentId) === undefined) {
    return { status: "error", error: `cron job agent is unavailable: ${agentId}` };
  }
  if (payload.model !== undefined && parts.models.resolve(payload.model) === undefined) {
    return { status: "error", error: `cron payload model is not available: ${payload.model}` };
  }
  const sessionKey = sessionKeyOf(job, claim, parts);
  const entry = await parts.sessions.ensure(sessionKey, {
    createdVia: "cron",
    sessionId: claim.sessionId,
  });
  const seconds = payload.timeoutSeconds;
  const request: RunRequest = {
    runId: claim.turnId,
    kind: "agent",
    isUnlisted: true,
    sessionKey,
    agentId,
    message: wording(job, payload.message, claim.startedAtMs),
    acceptedAt: claim.startedAtMs,
    client: { id: "gateway", mode: "backend" },
    timeoutMs: seconds === undefined || seconds === 0 ? POLICY.cronTurnTimeoutMs : seconds * 1_000,
    ...(payload.toolsAllow === undefined ? {} : { toolsAllow: payload.toolsAllow }),
    ...(payload.model === undefined ? {} : { model: payload.model }),
    ...(payload.thinking === undefined ? {} : { thinking: payload.thinking }),
  };
  // A repeat of a request is not a second run: after a crash this finds what became of the first.
  const { outcome } = await parts.runs.start(request);
  const ended = outcome ?? (await parts.runs.wait(claim.turnId, POLICY.runTimeoutMs));
  const result: RunResult = ended === undefined ? { status: "error", error: "timed out" } : resultOf(ended);
  return { ...result, sessionId: entry.sessionId, sessionKey };
}

/** The time is said because a turn that nobody types has no other way to know it. */
function wording(job: Job, message: string, nowMs: number): string {
  return [
    `[cron:${job.id} ${job.name}] ${message}`,
    `Current time: ${isoTime(nowMs)}`,
    "",
    "This turn was started by a schedule and nobody is watching. Finish the work with what you have: your answer is the result itself. Answer NO_REPLY when there is nothing to report, and say plainly what failed if something did.",
  ].join("\n");
}

function resultOf(outcome: RunOutcome): RunResult {
  const facts = factsOf(outcome);
  const summary = outcome.text.trim() === "" ? {} : { summary: outcome.text.trim() };
  if (outcome.status === "ok") return { status: "ok", ...summary, ...facts };
  return { status: "error", error: outcome.error ?? outcome.status, ...summary, ...facts };
}

/** The model that answered and what it took, as the run's own result tells it. */
function factsOf(outcome: RunOutcome): Pick<RunResult, "model" | "provider" | "usage"> {
  const meta = member(outcome.result, "meta");
  const agentMeta = member(meta, "agentMeta");
  const usage = member(agentMeta, "usage");
  const { model, provider } = agentMeta;
  const { input, output, total } = usage;
  return {
    ...(typeof model === "string" ? { model } : {}),
    ...(typeof provider === "string" ? { provider } : {}),
    ...(typeof input === "number" && typeof output === "number" && typeof total === "number"
      ? { usage: { input_tokens: input, output_tokens: output, total_tokens: total } }
      : {}),
  };
}

function member(value: unknown, key: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return {};
  const found: unknown = Reflect.get(value, key);
  return typeof found === "object" && found !== null ? { ...found } : {};
}

async function command(
  payload: Extract<Payload, { kind: "command" }>,
  claim: Claim,
  parts: RunnerParts,
): Promise<RunResult> {
  const { exitCode, stdout, stderr, timedOut } = await parts.runCommand(payload, {
    timeoutMs:
      payload.timeoutSeconds === undefined ? POLICY.cronCommandTimeoutMs : payload.timeoutSeconds * 1_000,
    outputBytesMax: payload.outputMaxBytes ?? POLICY.cronCommandOutputBytesMax,
  });
  const [out, err] = [stdout.trim(), stderr.trim()];
  const summary = out !== "" && err !== "" ? `stdout:\n${out}\n\nstderr:\n${err}` : out || err;
  const isOk = exitCode === 0 && !timedOut;
  const shown = payload.argv.map((argument) => JSON.stringify(argument)).join(" ");
  const message = isOk ? `command ok: ${shown}` : `command failed: ${shown}`;
  const entry = {
    ts: claim.startedAtMs,
    source: "exec",
    severity: isOk ? "info" : "error",
    message,
    ...(exitCode === null ? {} : { exitCode }),
  };
  const diagnostics = { summary: summary === "" ? message : summary, entries: [entry] };
  const told = summary === "" ? {} : { summary };
  if (isOk) return { status: "ok", ...told, diagnostics };
  const error = timedOut ? "command timed out" : `command exited with code ${exitCode ?? "unknown"}`;
  return { status: "error", error, ...told, diagnostics };
}
