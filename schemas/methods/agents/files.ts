import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const AgentFile = Type.Object({
  name: Type.String(),
  path: Type.String(),
  missing: Type.Boolean(),
  expectedAbsent: Type.Optional(Type.Boolean()),
  size: Type.Optional(Type.Integer()),
  updatedAtMs: Type.Optional(Type.Integer()),
  hash: Type.Optional(Type.String()),
  content: Type.Optional(Type.String()),
});

export const agentsFilesList = contract({
  method: "agents.files.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ agentId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ agentId: Type.String(), workspace: Type.String(), files: Type.Array(AgentFile) }),
});

export const agentsFilesGet = contract({
  method: "agents.files.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.String({ minLength: 1 }), name: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({ agentId: Type.String(), workspace: Type.String(), file: AgentFile }),
});

export const agentsFilesSet = contract({
  method: "agents.files.set",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      name: Type.String({ minLength: 1 }),
      content: Type.String(),
      expectedHash: Type.Optional(
        Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-fA-F0-9]{64}$" }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    agentId: Type.String(),
    workspace: Type.String(),
    file: AgentFile,
  }),
});
