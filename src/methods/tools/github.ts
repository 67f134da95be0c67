import {
  toolsGithubAuthorizeCancel,
  toolsGithubAuthorizePoll,
  toolsGithubAuthorizeStart,
  toolsGithubConfigure,
  toolsGithubStatus,
} from "../../../schemas/methods/tools/github.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

type Scope = "system" | "agent";

/** What this machine is to GitHub by itself: nobody, as far as anybody here can tell. */
const DETECTED = {
  source: "system-detected",
  credentialKind: "native",
  credentialState: "unavailable",
  account: null,
  gitAuthor: { name: null, email: null },
  evidence: "none",
  accessExpiresAtMs: null,
  refreshState: "not_applicable",
  repositoryGrants: "unknown",
};

/** No identity of GitHub is managed here: agents are whoever the machine is. */
export default [
  method(toolsGithubStatus, ({ params, deps }) => status(deps, params.agentId, params.selectedScope)),
  method(toolsGithubConfigure, ({ params, deps }) => {
    checkAgent(deps, params.agentId);
    // The token of an identity is taken from the setup that put it there; there was none.
    if (params.mode === "managed") throw unavailable("GitHub identity setup failed");
    return status(deps, params.agentId, params.scope);
  }),
  method(toolsGithubAuthorizeStart, ({ params, deps }) => {
    checkAgent(deps, params.agentId);
    throw unavailable("GitHub CLI (`gh`) is required on the Gateway host. Install it and retry.");
  }),
  method(toolsGithubAuthorizePoll, () => ({ status: "expired" }) as const),
  method(toolsGithubAuthorizeCancel, () => ({ cancelled: false })),
] satisfies Method[];

function status(deps: Deps, agentId: string, scope: Scope) {
  checkAgent(deps, agentId);
  const effective = { ...DETECTED, oauthScopes: [] };
  return {
    agentId,
    selectedScope: scope,
    selected: { scope, configured: false, identity: scope === "system" ? effective : null },
    effective,
  };
}

function checkAgent(deps: Deps, agentId: string): void {
  const id = agentId.trim();
  if (deps.agents.get(id) === undefined) throw invalidRequest(`unknown agent id "${id}"`);
}

function unavailable(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}
