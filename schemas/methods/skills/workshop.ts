import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsWorkshopRead = contract({
  method: "skills.workshop.read",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })), name: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    name: Type.String(),
    skillKey: Type.String(),
    description: Type.String(),
    content: Type.String(),
  }),
});
