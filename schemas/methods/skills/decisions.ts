import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const AgentId = Type.Optional(Type.String({ minLength: 1 }));
const ProposalId = Type.String({ minLength: 1 });
const RevisionHash = Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-fA-F0-9]{64}$" });
const CorrelationId = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }));
const ProposalRecord = Type.Unsafe<Record<string, unknown>>({ type: "object" });

export const skillsProposalsApply = contract({
  method: "skills.proposals.apply",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      proposalId: ProposalId,
      expectedRevisionHash: RevisionHash,
      correlationId: CorrelationId,
      reason: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ record: ProposalRecord, targetSkillFile: Type.String() }),
});

export const skillsProposalsReject = contract({
  method: "skills.proposals.reject",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      proposalId: ProposalId,
      expectedRevisionHash: RevisionHash,
      correlationId: CorrelationId,
      reason: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: ProposalRecord,
});

export const skillsProposalsQuarantine = contract({
  method: "skills.proposals.quarantine",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      proposalId: ProposalId,
      expectedRevisionHash: RevisionHash,
      correlationId: CorrelationId,
      reason: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: ProposalRecord,
});

export const skillsProposalsRequestRevision = contract({
  method: "skills.proposals.requestRevision",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      targetAgentId: AgentId,
      proposalId: ProposalId,
      expectedRevisionHash: RevisionHash,
      instructions: Type.String({ minLength: 1, maxLength: 32_768 }),
      sessionKey: Type.String({ minLength: 1 }),
      sessionId: Type.Optional(Type.String({ minLength: 1 })),
      idempotencyKey: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ runId: Type.String(), status: Type.String() }),
});
