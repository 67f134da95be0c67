import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsProposalsList = contract({
  method: "skills.proposals.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    schema: Type.Literal("openclaw.skill-workshop.proposals-manifest.v1"),
    updatedAt: Type.String(),
    proposals: Type.Array(Type.Never()),
    installedSkills: Type.Array(
      Type.Object({ name: Type.String(), skillKey: Type.String(), description: Type.String() }),
    ),
  }),
});
