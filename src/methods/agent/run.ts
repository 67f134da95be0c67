import { agent, agentWait } from "../../../schemas/methods/agent/run.ts";
import { readAttachments } from "../../domain/chat/index.ts";
import { beginAnew } from "../../domain/commands/begin-anew.ts";
import type { RunOutcome } from "../../domain/runs/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { ignored } from "../ignored.ts";
import { FailedEnd, type Method, method, TwoResponses } from "../method.ts";

/** How long `agent.wait` waits when it is not told. */
const WAIT_DEFAULT_MS = 30_000;

/** What needs channels, sub-agents, hand-offs or prompt modes, none of which there is. */
const NOT_HONOURED = [
  "to",
  "replyTo",
  "expectedExistingSessionId",
  "deliver",
  "channel",
  "replyChannel",
  "accountId",
  "replyAccountId",
  "threadId",
  "groupId",
  "groupChannel",
  "groupSpace",
  "bestEffortDeliver",
  "lane",
  "cwd",
  "cleanupBundleMcpOnRunEnd",
  "modelRun",
  "promptMode",
  "bootstrapContextMode",
  "bootstrapContextRunKind",
  "acpTurnSource",
  "internalRuntimeHandoffId",
  "internalExecutionIdentityRetry",
  "internalExecutionIdentityRecoveryAttempt",
  "execApprovalFollowupExpectedSessionId",
  "internalEvents",
  "inputProvenance",
  "suppressPromptPersistence",
  "sessionEffects",
  "sourceReplyDeliveryMode",
  "disableMessageTool",
  "swarmCollector",
  "swarmOutputSchema",
  "forceRestartSafeTools",
  "forceCodeModeTools",
  "voiceWakeTrigger",
  "label",
] as const;

export default [
  method(agent, async ({ params, caller, deps }) => {
    const runId = params.idempotencyKey;
    ignored(params, NOT_HONOURED);
    if (params.agentId !== undefined && deps.agents.get(params.agentId) === undefined) {
      throw invalidRequest(`invalid agent params: unknown agent id "${params.agentId}"`);
    }
    const { sessionKey, agentId } = targetOf(deps, params);
    const acceptedAt = deps.clock.now();
    const told = {
      ...(params.sessionKey === undefined && params.agentId === undefined ? {} : { sessionKey }),
      agentId,
    };
    if (params.message.trim() === "") {
      const refusal = Promise.reject(new ProtocolError("UNAVAILABLE", "Message (--message) is required"));
      return new TwoResponses<unknown>({ runId, ...told, status: "accepted", acceptedAt }, refusal);
    }
    await deps.sessions.mustBeOpen(sessionKey);
    const anew = await beginAnew(deps, sessionKey, params.message);
    if (anew?.message === "") return { runId, status: "ok", summary: "completed", result: anew.result };
    await ensureNamed(deps, sessionKey, params);
    const attachments = readAttachments(wireAttachments(params.attachments));
    const model = modelOf(params);
    const acceptance = await deps.runs.start({
      runId,
      kind: "agent",
      sessionKey,
      agentId,
      message: anew?.message ?? params.message,
      acceptedAt,
      client: { id: caller.client.id, mode: caller.client.mode },
      isOwner: caller.scopes.includes("operator.admin"),
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(params.thinking === undefined ? {} : { thinking: params.thinking }),
      ...(params.timeout === undefined ? {} : { timeoutMs: params.timeout * 1_000 }),
      ...(params.extraSystemPrompt === undefined ? {} : { extraSystemPrompt: params.extraSystemPrompt }),
      ...(model === undefined ? {} : { model }),
    });
    if (acceptance.status === "in_flight") return { runId, status: "in_flight" };
    if (acceptance.status === "ended" && acceptance.outcome !== undefined) {
      const end = terminal(acceptance.outcome);
      if (end instanceof FailedEnd) throw end.error;
      return end;
    }
    const rest = acceptance.done.then(terminal);
    return new TwoResponses<unknown>({ runId, ...told, status: "accepted", acceptedAt }, rest);
  }),
  method(agentWait, async ({ params, deps, signal }) => {
    const { runId } = params;
    const outcome = await deps.runs.wait(runId, params.timeoutMs ?? WAIT_DEFAULT_MS, signal);
    return outcome === undefined ? { runId, status: "timeout" } : waited(outcome);
  }),
] satisfies Method[];

/** The second answer of `agent`, which a repeat of the request gets as its only one. */
function terminal(outcome: RunOutcome) {
  const { runId, result, error, status } = outcome;
  if (status === "ok") return { runId, status: "ok", summary: "completed", result };
  const summary = error ?? "the run did not end well";
  return new FailedEnd<unknown>(new ProtocolError("UNAVAILABLE", summary, { retryable: false }), {
    runId,
    status: "error",
    summary,
  });
}

function waited(outcome: RunOutcome) {
  const { runId, endedAt, stopReason, receipt, text, error } = outcome;
  if (outcome.status === "ok") {
    return {
      runId,
      status: "ok",
      endedAt,
      // compat(agent/sub-sessions): only a run of `agent` says how it stopped.
      ...(outcome.kind === "agent" ? { stopReason, livenessState: "working" } : {}),
      ...(receipt === undefined
        ? {}
        : { terminalReceipt: receipt, terminalReply: { disposition: "visible", text } }),
    };
  }
  if (outcome.status === "timeout") {
    return { runId, status: "timeout", startedAt: outcome.startedAt, endedAt, error, ...outcome.result };
  }
  const told = outcome.result === undefined ? {} : { startedAt: outcome.startedAt, ...outcome.result };
  return {
    runId,
    status: "error",
    ...told,
    endedAt,
    error,
    ...(stopReason === undefined ? {} : { stopReason }),
  };
}

function targetOf(
  deps: Deps,
  params: { readonly agentId?: string; readonly sessionKey?: string; readonly sessionId?: string },
): { sessionKey: string; agentId: string } {
  const wanted =
    params.sessionKey ??
    (params.sessionId === undefined ? "main" : `explicit:${params.sessionId.toLowerCase()}`);
  const sessionKey = deps.sessions.canonicalKey(wanted, params.agentId);
  const named = sessionKey.startsWith("agent:") ? sessionKey.split(":", 2)[1] : undefined;
  if (params.agentId !== undefined && named !== undefined && named !== params.agentId.toLowerCase()) {
    throw invalidRequest(
      `Multiple agents are configured, but session agent resolution has no explicit owner. The agent-scoped session key belongs to "${named}", not "${params.agentId}".`,
    );
  }
  const agentId = named ?? params.agentId ?? deps.agents.defaultId;
  if (deps.agents.get(agentId) === undefined) {
    throw invalidRequest(`Agent "${agentId}" no longer exists in configuration`);
  }
  return { sessionKey, agentId };
}

/** compat(RN37): a session that is named by an id, and is not there yet, is given that id. */
async function ensureNamed(
  deps: Deps,
  sessionKey: string,
  { sessionKey: key, sessionId }: { readonly sessionKey?: string; readonly sessionId?: string },
): Promise<void> {
  if (key !== undefined || sessionId === undefined) return;
  const displayName = sessionKey.split(":").slice(2).join(":");
  await deps.sessions.ensure(sessionKey, { createdVia: "run", isChat: false, displayName, sessionId });
}

function modelOf(params: { readonly provider?: string; readonly model?: string }): string | undefined {
  if (params.model === undefined) return undefined;
  return params.provider === undefined ? params.model : `${params.provider}/${params.model}`;
}

/** The schema of `agent` lets any attachment through; what is no object is none. */
function wireAttachments(given: readonly unknown[] | undefined) {
  return (given ?? []).filter(
    (one): one is Record<string, string> => typeof one === "object" && one !== null,
  );
}
