import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsProposalsHistoryStatus = contract({
  method: "skills.proposals.historyStatus",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const skillsProposalsHistoryScan = contract({
  method: "skills.proposals.historyScan",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      direction: Type.Optional(Type.Union([Type.Literal("older"), Type.Literal("newer")])),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
