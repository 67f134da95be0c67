import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const AgentId = Type.String({ minLength: 1 });
const Scope = Type.Union([Type.Literal("system"), Type.Literal("agent")]);
const RequestId = Type.String({ pattern: "^github-device-[a-f0-9]{32}$" });
const Author = Type.Optional(Type.String({ minLength: 1, pattern: "\\S" }));
const TextOrNull = Type.Union([Type.String(), Type.Null()]);

const Identity = Type.Object({
  source: Type.String(),
  credentialKind: Type.String(),
  credentialState: Type.String(),
  account: Type.Null(),
  gitAuthor: Type.Object({ name: TextOrNull, email: TextOrNull }),
  evidence: Type.String(),
  accessExpiresAtMs: Type.Null(),
  refreshState: Type.String(),
  oauthScopes: Type.Array(Type.String()),
  repositoryGrants: Type.String(),
});

const Status = Type.Object({
  agentId: Type.String(),
  selectedScope: Type.String(),
  selected: Type.Object({
    scope: Type.String(),
    configured: Type.Boolean(),
    identity: Type.Union([Identity, Type.Null()]),
  }),
  effective: Identity,
});

export const toolsGithubStatus = contract({
  method: "tools.github.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ agentId: AgentId, selectedScope: Scope }, { additionalProperties: false }),
  result: Status,
});

export const toolsGithubConfigure = contract({
  method: "tools.github.configure",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        scope: Scope,
        agentId: AgentId,
        mode: Type.Literal("managed"),
        secretName: Type.String({ pattern: "^github-setup-[a-f0-9]{32}$" }),
        gitAuthor: Type.Optional(
          Type.Object({ name: Author, email: Author }, { additionalProperties: false }),
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      { scope: Scope, agentId: AgentId, mode: Type.Literal("inherit") },
      { additionalProperties: false },
    ),
  ]),
  result: Status,
});

export const toolsGithubAuthorizeStart = contract({
  method: "tools.github.authorize.start",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ scope: Scope, agentId: AgentId }, { additionalProperties: false }),
  result: Type.Never(),
});

export const toolsGithubAuthorizePoll = contract({
  method: "tools.github.authorize.poll",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ requestId: RequestId }, { additionalProperties: false }),
  result: Type.Object({ status: Type.Literal("expired") }),
});

export const toolsGithubAuthorizeCancel = contract({
  method: "tools.github.authorize.cancel",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ requestId: RequestId }, { additionalProperties: false }),
  result: Type.Object({ cancelled: Type.Boolean() }),
});
