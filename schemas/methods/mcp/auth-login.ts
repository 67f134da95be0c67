import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const mcpAuthLogin = contract({
  method: "mcp.authLogin",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { sessionId: Type.String({ minLength: 1 }), serverName: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
