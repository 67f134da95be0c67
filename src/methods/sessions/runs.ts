import type { ParamsOf } from "../../../schemas/contract.ts";
import { sessionsAbort, sessionsSend, sessionsSteer } from "../../../schemas/methods/sessions/runs.ts";
import { readAttachments } from "../../domain/chat/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Call, type Caller, type Method, method } from "../method.ts";
import { methodOnSession } from "../target.ts";

export interface RunStart {
  readonly key: string;
  readonly runId: string;
  readonly message: string;
  readonly attachments?: readonly unknown[];
  readonly thinking?: string;
  readonly timeoutMs?: number;
  readonly queueMode?: "interrupt";
}

/** A turn in a session that is there, asked for by its key. */
export async function startRun(
  deps: Deps,
  caller: Caller,
  run: RunStart,
): Promise<{ runId: string; status: string; interruptedActiveRun?: true }> {
  // Attachments have passed the contract; what they hold is checked where they are read.
  const attachments = readAttachments(run.attachments as Parameters<typeof readAttachments>[0]);
  if (run.message.trim() === "" && attachments.length === 0) {
    throw invalidRequest("message or attachment required");
  }
  await deps.sessions.mustBeOpen(run.key);
  const entry = await deps.sessions.get(run.key);
  const sender = await deps.owner.senderOf(caller);
  const { status, interruptedActiveRun } = await deps.runs.start({
    runId: run.runId,
    kind: "chat",
    sessionKey: run.key,
    agentId: entry?.agentId ?? deps.agents.defaultId,
    message: run.message,
    acceptedAt: deps.clock.now(),
    client: { id: caller.client.id, mode: caller.client.mode },
    isOwner: caller.scopes.includes("operator.admin"),
    ...(sender === undefined ? {} : { sender }),
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(run.thinking === undefined ? {} : { thinking: run.thinking }),
    ...(run.timeoutMs === undefined ? {} : { timeoutMs: run.timeoutMs }),
    ...(run.queueMode === undefined ? {} : { queueMode: run.queueMode }),
  });
  return {
    runId: run.runId,
    status: status === "ended" ? "ok" : status,
    ...(interruptedActiveRun ? { interruptedActiveRun } : {}),
  };
}

/** A key names its agent, which may have left the roster since. */
function checkAgentOf(deps: Deps, key: string): void {
  const named = key.startsWith("agent:") ? key.split(":", 2)[1] : undefined;
  if (named === undefined || deps.agents.get(named) !== undefined) return;
  throw invalidRequest(`Agent "${named}" no longer exists in configuration`);
}

/** A message for a session that is there. With `interrupt` the run that is active ends for it. */
async function sendTo(
  { params, caller, deps }: Call<ParamsOf<typeof sessionsSend>>,
  queueMode?: "interrupt",
): Promise<Awaited<ReturnType<typeof startRun>>> {
  const key = deps.sessions.keyFor(params.key, params.agentId);
  checkAgentOf(deps, key);
  if ((await deps.sessions.get(key)) === undefined) throw invalidRequest(`session not found: ${key}`);
  const runId = params.idempotencyKey ?? deps.ids.uuid();
  return startRun(deps, caller, { ...params, key, runId, ...(queueMode === undefined ? {} : { queueMode }) });
}

export default [
  methodOnSession(sessionsSend, "key", (call) => sendTo(call)),
  methodOnSession(sessionsSteer, "key", (call) => sendTo(call, "interrupt")),
  method(sessionsAbort, async ({ params, deps }) => {
    if (params.key === undefined && params.runId === undefined) throw invalidRequest("key required");
    const key =
      params.key === undefined
        ? deps.runs.sessionOf(params.runId ?? "")
        : deps.sessions.keyFor(params.key, params.agentId);
    const runIds = key === undefined ? [] : await deps.runs.abort(key, params.runId);
    const [abortedRunId] = runIds;
    return abortedRunId === undefined
      ? { ok: true as const, abortedRunId: null, status: "no-active-run" }
      : { ok: true as const, abortedRunId, status: "aborted" };
  }),
] satisfies Method[];
