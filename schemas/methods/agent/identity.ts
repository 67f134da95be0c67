import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const agentIdentityGet = contract({
  method: "agent.identity.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })), sessionKey: Type.Optional(Type.String()) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    agentId: Type.String(),
    name: Type.String(),
    nameSource: Type.String(),
    avatar: Type.String(),
    emoji: Type.Optional(Type.String()),
  }),
});
