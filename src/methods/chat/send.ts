import type { ParamsOf } from "../../../schemas/contract.ts";
import { chatSend } from "../../../schemas/methods/chat/send.ts";
import { readAttachments } from "../../domain/chat/index.ts";
import type { Acceptance } from "../../domain/runs/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { ignored } from "../ignored.ts";
import type { Caller, Method } from "../method.ts";
import { methodOnSession } from "../target.ts";

/** What needs channels, profiles, goals, tool bindings or a second instance of a session, none of which there is. */
const NOT_HONOURED = [
  "mentions",
  "sessionId",
  "workContext",
  "intent",
  "fastMode",
  "fastAutoOnSeconds",
  "deliver",
  "originatingChannel",
  "originatingTo",
  "originatingAccountId",
  "originatingThreadId",
  "replyToId",
  "toolBindings",
  "systemInputProvenance",
  "systemProvenanceReceipt",
  "expectedToolOverrides",
] as const;

export default [
  methodOnSession(chatSend, "sessionKey", async ({ params, caller, deps }) => {
    const { message, idempotencyKey } = params;
    ignored(params, NOT_HONOURED);
    if (message.includes("\0")) throw invalidRequest("message must not contain null bytes");
    const attachments = readAttachments(params.attachments);
    if (message.trim() === "" && (params.attachments ?? []).length === 0) {
      throw invalidRequest("message or attachment required");
    }
    const sessionKey = deps.sessions.canonicalKey(params.sessionKey, params.agentId);
    const agentId = knownAgent(deps, sessionKey, params.agentId);
    mayBeSent(params, caller);
    await checkLeaf(deps, sessionKey, params.expectedLeafEntryId);
    await checkSettings(deps, sessionKey, params);
    await deps.sessions.mustBeOpen(sessionKey);
    if (isStop(message) && params.suppressCommandInterpretation !== true) {
      const runIds = await deps.runs.abort(sessionKey, undefined, "stop");
      return { ok: true, aborted: runIds.length > 0, runIds: [...runIds] };
    }
    if ((await deps.sessions.get(sessionKey))?.sendPolicy === "deny") {
      throw invalidRequest("send blocked by session policy");
    }
    const sender = await deps.owner.senderOf(caller);
    const acceptance = await deps.runs.start({
      runId: idempotencyKey,
      kind: "chat",
      sessionKey,
      agentId,
      message,
      acceptedAt: deps.clock.now(),
      client: { id: caller.client.id, mode: caller.client.mode },
      isOwner: isOwner(caller),
      mayApprove: isOwner(caller) || caller.scopes.includes("operator.approvals"),
      ...(sender === undefined ? {} : { sender }),
      ...(attachments.length === 0 ? {} : { attachments }),
      ...(params.thinking === undefined ? {} : { thinking: params.thinking }),
      ...(params.timeoutMs === undefined ? {} : { timeoutMs: params.timeoutMs }),
      ...(params.queueMode === undefined ? {} : { queueMode: params.queueMode }),
      ...(params.suppressCommandInterpretation === true ? { isPlain: true } : {}),
    });
    return acknowledgement(idempotencyKey, acceptance);
  }),
] satisfies Method[];

/** The wire's account of an acceptance; a repeat of a finished run is told how that went. */
export function acknowledgement(runId: string, { status, outcome, interruptedActiveRun }: Acceptance) {
  if (status !== "ended" || outcome === undefined) {
    return { runId, status, ...(interruptedActiveRun ? { interruptedActiveRun } : {}) };
  }
  const { error, stopReason, endedAt } = outcome;
  const summary = error === undefined ? {} : { summary: error };
  switch (outcome.status) {
    case "ok":
      return { runId, status: "ok" };
    case "error":
      return { runId, status: "error", ...summary };
    case "aborted":
    case "timeout":
      return {
        runId,
        status: "timeout",
        ...summary,
        ...(stopReason === undefined ? {} : { stopReason }),
        endedAt,
      };
  }
}

/** compat(chat/turn): the owner is who may do everything, whatever the device. */
export function isOwner(caller: Pick<Caller, "scopes">): boolean {
  return caller.scopes.includes("operator.admin");
}

/** The agent that a key belongs to, which has to be one of the roster. */
export function knownAgent(deps: Deps, sessionKey: string, agentId: string | undefined): string {
  const named = sessionKey.startsWith("agent:") ? sessionKey.split(":", 2)[1] : undefined;
  const id = named ?? agentId ?? deps.agents.defaultId;
  if (deps.agents.get(id) === undefined) {
    throw invalidRequest(`Agent "${id}" no longer exists in configuration`);
  }
  return id;
}

type SendParams = ParamsOf<typeof chatSend>;

/** What needs somebody or something that is not there, or says only half of what it would need. */
function mayBeSent(params: SendParams, caller: Caller): void {
  const { mentions = [], originatingTo, systemInputProvenance, systemProvenanceReceipt } = params;
  if ((systemInputProvenance ?? systemProvenanceReceipt) !== undefined && !isOwner(caller)) {
    throw invalidRequest("system provenance fields require admin scope");
  }
  const route = [params.originatingChannel, params.originatingAccountId, params.originatingThreadId];
  if (originatingTo === undefined && route.some((part) => part !== undefined)) {
    throw invalidRequest("originatingTo is required when using originating route fields");
  }
  if (mentions.some(({ start, end }) => !/^@\S/.test(params.message.slice(start, end)))) {
    throw invalidRequest("Selected mentions no longer match the message. Select the people again.");
  }
  if (mentions.length > 0 && caller.client.id !== "openclaw-control-ui") {
    throw invalidRequest(
      "Human mentions require a signed-in Control UI chat. Remove the selected mentions to use this mode.",
    );
  }
  // compat(chat/queue): there is no contract that a client could have been given for a route.
  if (params.expectedSessionRoutingContract !== undefined) {
    throw invalidRequest("session routing changed; review and retry", {
      details: { reason: "session-routing-changed" },
    });
  }
}

/** The client says how the session was set up when it was written in. */
async function checkSettings(deps: Deps, sessionKey: string, params: SendParams): Promise<void> {
  const { expectedPermissionMode } = params;
  if (expectedPermissionMode === undefined) return;
  const entry = await deps.sessions.get(sessionKey);
  if (expectedPermissionMode === (entry?.permissionMode ?? null)) return;
  throw invalidRequest("Session settings changed before send. Retry.", {
    details: { reason: "session-settings-changed" },
  });
}

/** The client says which message it saw last; when another one came since, it has to look again. */
async function checkLeaf(deps: Deps, sessionKey: string, expected: string | null | undefined): Promise<void> {
  if (expected === undefined) return;
  const isThere = (await deps.sessions.get(sessionKey)) !== undefined;
  const leafId = isThere ? (await deps.sessions.history(sessionKey, { limit: 1 })).leafId : undefined;
  if ((leafId ?? null) === expected) return;
  throw invalidRequest("active branch changed; review and retry", {
    details: { reason: "active-leaf-changed" },
  });
}

/** compat(CH10): a stop is answered like `chat.abort`, not like a message. */
function isStop(message: string): boolean {
  return /^\/stop\s*$/i.test(message.trim());
}
