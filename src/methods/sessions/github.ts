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

const NO_CREDENTIAL =
  "The selected GitHub credential is unavailable; reconnect the agent's GitHub identity in Settings.";

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
    const isOwner = entry.extra?.["worktree"] !== undefined;
    const reason = isPersonal
      ? NO_PERSON
      : isOwner
        ? NO_CREDENTIAL
        : "GitHub publication session lifecycle changed.";
    throw new ProtocolError("UNAVAILABLE", reason, { retryable: false });
  }),
  method(sessionsGithubConfirm, () => {
    throw new ProtocolError("FORBIDDEN", NO_PERSON);
  }),
] satisfies Method[];
