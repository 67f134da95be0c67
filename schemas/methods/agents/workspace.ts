import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const agentsWorkspaceList = contract({
  method: "agents.workspace.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.String({ minLength: 1 }),
      path: Type.Optional(Type.String()),
      offset: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    agentId: Type.String(),
    path: Type.String(),
    parentPath: Type.Optional(Type.String()),
    entries: Type.Array(
      Type.Object({
        path: Type.String(),
        name: Type.String(),
        kind: Type.Union([Type.Literal("file"), Type.Literal("directory")]),
        size: Type.Optional(Type.Integer()),
        updatedAtMs: Type.Integer(),
      }),
    ),
    totalEntries: Type.Integer(),
    offset: Type.Integer(),
  }),
});

export const agentsWorkspaceGet = contract({
  method: "agents.workspace.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.String({ minLength: 1 }), path: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    agentId: Type.String(),
    file: Type.Object({
      path: Type.String(),
      name: Type.String(),
      size: Type.Integer(),
      updatedAtMs: Type.Integer(),
      mimeType: Type.String(),
      encoding: Type.Union([Type.Literal("utf8"), Type.Literal("base64")]),
      content: Type.String(),
    }),
  }),
});
