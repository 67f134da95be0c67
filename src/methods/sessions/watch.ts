import {
  sessionsActivitySummaryEnsure,
  sessionsCompanionAsk,
  sessionsCompanionReset,
  sessionsCompanionState,
  sessionsObserverVisibility,
  sessionsTitlePrepare,
} from "../../../schemas/methods/sessions/watch.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/**
 * What a utility model would write beside a session: digests, titles, answers about it. No model is set aside for
 * that here, and the answers are the reference's for that case.
 */
export default [
  method(sessionsObserverVisibility, () => ({ ok: true as const })),
  method(sessionsCompanionState, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { exchanges: [] };
  }),
  method(sessionsCompanionReset, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { ok: true as const };
  }),
  method(sessionsCompanionAsk, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    throw new ProtocolError("UNAVAILABLE", "No utility model is configured for this session.", {
      details: { reason: "utility-model-unavailable" },
      retryable: false,
    });
  }),
  method(sessionsActivitySummaryEnsure, ({ params, deps }) => {
    const sessions = params.sessions.map((target) => {
      const key = deps.sessions.keyFor(target.key, target.agentId);
      return {
        key,
        agentId: agentOf(key, deps.agents.defaultId),
        activitySummary: deps.sessions.activitySummary,
      };
    });
    return { sessions };
  }),
  method(sessionsTitlePrepare, ({ params, deps }) => {
    if (deps.agents.get(params.agentId) === undefined) {
      throw invalidRequest(`unknown agent id "${params.agentId}"`);
    }
    if (params.catalogId !== undefined && params.model !== undefined) {
      throw invalidRequest("sessions.title.prepare catalogId cannot include model");
    }
    return { title: null };
  }),
] satisfies Method[];

function agentOf(key: string, defaultId: string): string {
  return key.startsWith("agent:") ? (key.split(":", 2)[1] ?? defaultId) : defaultId;
}
