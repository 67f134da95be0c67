import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const AgentId = Type.Optional(Type.String({ minLength: 1 }));
const ProposalId = Type.String({ minLength: 1 });
const RevisionHash = Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-fA-F0-9]{64}$" });
const CorrelationId = Type.Optional(Type.String({ minLength: 1, maxLength: 256 }));
const Content = Type.String({ minLength: 1, maxLength: 1_048_576 });
const SupportFiles = Type.Optional(
  Type.Array(
    Type.Object(
      { path: Type.String({ minLength: 1 }), content: Type.String({ maxLength: 262_144 }) },
      { additionalProperties: false },
    ),
    { maxItems: 64 },
  ),
);
const Note = Type.Optional(Type.String());

/** A proposal as it is kept. Its members depend on its state; the workshop's own types say which. */
const ProposalRecord = Type.Unsafe<Record<string, unknown>>({ type: "object" });
const Drafted = Type.Object({ record: ProposalRecord, revisionHash: Type.String(), content: Type.String() });

export const skillsProposalsList = contract({
  method: "skills.proposals.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ agentId: AgentId }, { additionalProperties: false }),
  result: Type.Object({
    schema: Type.Literal("openclaw.skill-workshop.proposals-manifest.v1"),
    updatedAt: Type.String(),
    proposals: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Type.String(),
        status: Type.String(),
        title: Type.String(),
        description: Type.String(),
        skillName: Type.String(),
        skillKey: Type.String(),
        createdAt: Type.String(),
        updatedAt: Type.String(),
        scanState: Type.String(),
        revisionHash: Type.String(),
      }),
    ),
    installedSkills: Type.Array(
      Type.Object({ name: Type.String(), skillKey: Type.String(), description: Type.String() }),
    ),
  }),
});

export const skillsProposalsInspect = contract({
  method: "skills.proposals.inspect",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ agentId: AgentId, proposalId: ProposalId }, { additionalProperties: false }),
  result: Type.Object({
    record: ProposalRecord,
    revisionHash: Type.String(),
    content: Type.String(),
    supportFiles: Type.Optional(Type.Array(Type.Object({ path: Type.String(), content: Type.String() }))),
  }),
});

export const skillsProposalsCreate = contract({
  method: "skills.proposals.create",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      name: Type.String({ minLength: 1 }),
      description: Type.String({ minLength: 1 }),
      content: Content,
      supportFiles: SupportFiles,
      goal: Note,
      evidence: Note,
    },
    { additionalProperties: false },
  ),
  result: Drafted,
});

export const skillsProposalsUpdate = contract({
  method: "skills.proposals.update",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      skillName: Type.String({ minLength: 1 }),
      description: Type.Optional(Type.String({ minLength: 1 })),
      content: Content,
      supportFiles: SupportFiles,
      goal: Note,
      evidence: Note,
    },
    { additionalProperties: false },
  ),
  result: Drafted,
});

export const skillsProposalsRevise = contract({
  method: "skills.proposals.revise",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: AgentId,
      proposalId: ProposalId,
      expectedRevisionHash: Type.Optional(RevisionHash),
      correlationId: CorrelationId,
      content: Type.Optional(Content),
      supportFiles: SupportFiles,
      description: Type.Optional(Type.String({ minLength: 1 })),
      goal: Note,
      evidence: Note,
    },
    { additionalProperties: false },
  ),
  result: Drafted,
});
