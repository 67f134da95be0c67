import {
  sessionsGithubConfirm,
  sessionsGithubOptions,
  sessionsGithubPublish,
  sessionsGithubStatus,
} from "../../../schemas/methods/sessions/github.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

const NO_PERSON = "My GitHub requires a current authenticated human Gateway connection.";

const sessionOf = (deps: Deps, target: { readonly sessionKey: string; readonly agentId?: string }) =>
  deps.sessions.get(deps.sessions.keyFor(target.sessionKey, target.agentId));

/** No GitHub account is linked, so nothing can be published and nothing was. */
export default [
  method(sessionsGithubOptions, async ({ params, deps }) => {
    if ((await sessionOf(deps, params)) === undefined) {
      throw new ProtocolError("FORBIDDEN", "GitHub publication session was not found.");
    }
    return { personal: null, shared: null, pendingPersonal: null, latestShared: null };
  }),
  method(sessionsGithubStatus, () => {
    throw new ProtocolError("FORBIDDEN", "GitHub publication was not found for this session and caller.");
  }),
  method(sessionsGithubPublish, async ({ params, deps }) => {
    const { sessionKey, agentId } = params;
    if (sessionKey === undefined) throw invalidRequest("GitHub publication session is invalid");
    const entry = await sessionOf(deps, { sessionKey, ...(agentId === undefined ? {} : { agentId }) });
    if (entry === undefined) throw invalidRequest("GitHub publication session was not found");
    // What is published is the branch of a worktree that the session owns, on behalf of somebody who is signed in.
    const isPersonal = params.selection?.source === "personal";
    throw new ProtocolError(
      "UNAVAILABLE",
      isPersonal ? NO_PERSON : "GitHub publication session lifecycle changed.",
      {
        retryable: false,
      },
    );
  }),
  method(sessionsGithubConfirm, () => {
    throw new ProtocolError("FORBIDDEN", NO_PERSON);
  }),
] satisfies Method[];
