import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const hooksStatus = contract({
  method: "hooks.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    hooks: Type.Array(Type.Unknown()),
    workspaceDir: Type.String(),
    managedHooksDir: Type.String(),
  }),
});
