import { sessionsDiff } from "../../../schemas/methods/sessions/diff.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsDiff, async ({ params, deps }) => {
    const { sessionKey, scope = "all", commit } = params;
    if ((scope === "commit") !== (commit !== undefined)) {
      throw invalidRequest("invalid sessions.diff params: commit must be set if and only if scope is commit");
    }
    const key = deps.sessions.keyFor(sessionKey, params.agentId);
    const changes = await deps.sessions.changes(key, { scope, ...(commit === undefined ? {} : { commit }) });
    return { ...changes, sessionKey };
  }),
] satisfies Method[];
