import {
  usersGithubAuthorizeCancel,
  usersGithubAuthorizePoll,
  usersGithubAuthorizeStart,
  usersGithubDisconnect,
  usersGithubStatus,
} from "../../../schemas/methods/users/github.ts";
import { requiresPerson } from "../../domain/users/index.ts";
import { type Method, method } from "../method.ts";

const UNKNOWN = { account: null, accessExpiresAtMs: null, refreshState: "not_applicable" };

/** Nothing signs in to GitHub here: neither the owner nor this machine has an account there. */
const STATUS = {
  personal: { state: "disconnected", generation: null, ...UNKNOWN, pending: null },
  system: {
    source: "system-detected",
    credentialKind: "native",
    credentialState: "unavailable",
    ...UNKNOWN,
    gitAuthor: { name: null, email: null },
    evidence: "none",
    oauthScopes: [],
    repositoryGrants: "unknown",
  },
};

/** A person's GitHub account; nobody is signed in as one. */
function refuse(): never {
  throw requiresPerson("github");
}

export default [
  method(usersGithubStatus, async ({ caller, deps }) => {
    return (await deps.owner.of(caller)) === undefined ? refuse() : STATUS;
  }),
  method(usersGithubAuthorizeStart, refuse),
  method(usersGithubAuthorizePoll, refuse),
  method(usersGithubAuthorizeCancel, refuse),
  method(usersGithubDisconnect, refuse),
] satisfies Method[];
