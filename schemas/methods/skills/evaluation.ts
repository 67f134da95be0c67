import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const AgentId = Type.Optional(Type.String({ minLength: 1 }));
const ProposalId = Type.String({ minLength: 1 });
const RevisionHash = Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-fA-F0-9]{64}$" });
const CorrelationId = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }));
const ProposalRecord = Type.Unsafe<Record<string, unknown>>({ type: "object" });
const Evaluation = Type.Object({
  id: Type.String(),
  proposedVersion: Type.String(),
  revisionHash: Type.String(),
  trigger: Type.String(),
  startedAt: Type.String(),
  completedAt: Type.String(),
  outcomes: Type.Array(Type.Never()),
});

export const skillsProposalsEvaluate = contract({
  method: "skills.proposals.evaluate",
  isControlPlaneWrite: true,
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      proposalId: ProposalId,
      expectedRevisionHash: Type.Optional(RevisionHash),
      correlationId: CorrelationId,
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ record: ProposalRecord, evaluation: Evaluation }),
});

export const skillsProposalsEventsList = contract({
  method: "skills.proposals.events.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: AgentId,
      proposalId: Type.Optional(ProposalId),
      afterSequence: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    events: Type.Array(Type.Unsafe<Record<string, unknown>>({ type: "object" })),
    nextSequence: Type.Optional(Type.Integer()),
  }),
});
