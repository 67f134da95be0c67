import { sessionsGithubOptions, sessionsGithubStatus } from "../../../schemas/methods/sessions/github.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** No GitHub account is linked, so nothing can be published and nothing was. */
export default [
  method(sessionsGithubOptions, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { personal: null, shared: null, pendingPersonal: null, latestShared: null };
  }),
  method(sessionsGithubStatus, () => {
    throw new ProtocolError("FORBIDDEN", "GitHub publication was not found for this session and caller.");
  }),
] satisfies Method[];
