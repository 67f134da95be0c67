import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Names = Type.Array(Type.String());
const Needs = Type.Object({ bins: Names, anyBins: Names, env: Names, config: Names, os: Names });

const Skill = Type.Object({
  name: Type.String(),
  description: Type.String(),
  source: Type.String(),
  bundled: Type.Boolean(),
  filePath: Type.String(),
  baseDir: Type.String(),
  skillKey: Type.String(),
  primaryEnv: Type.Optional(Type.String()),
  emoji: Type.Optional(Type.String()),
  homepage: Type.Optional(Type.String()),
  always: Type.Boolean(),
  disabled: Type.Boolean(),
  blockedByAllowlist: Type.Boolean(),
  blockedByAgentFilter: Type.Boolean(),
  eligible: Type.Boolean(),
  platformIncompatible: Type.Boolean(),
  modelVisible: Type.Boolean(),
  userInvocable: Type.Boolean(),
  commandVisible: Type.Boolean(),
  requirements: Needs,
  missing: Needs,
  configChecks: Type.Array(Type.Object({ path: Type.String(), satisfied: Type.Boolean() })),
  install: Type.Array(
    Type.Object({ id: Type.String(), kind: Type.String(), label: Type.String(), bins: Names }),
  ),
  skillCard: Type.Optional(
    Type.Object({ present: Type.Boolean(), path: Type.String(), sizeBytes: Type.Integer() }),
  ),
});

export const skillsStatus = contract({
  method: "skills.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    workspaceDir: Type.String(),
    managedSkillsDir: Type.String(),
    agentId: Type.String(),
    skills: Type.Array(Skill),
  }),
});

export const skillsBins = contract({
  method: "skills.bins",
  access: "node",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ bins: Type.Array(Type.String()) }),
});

export const skillsSecurityVerdicts = contract({
  method: "skills.securityVerdicts",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    schema: Type.Literal("openclaw.skills.security-verdicts.v1"),
    items: Type.Array(Type.Never()),
  }),
});

export const skillsSkillCard = contract({
  method: "skills.skillCard",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })), skillKey: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    schema: Type.Literal("openclaw.skills.skill-card.v1"),
    skillKey: Type.String(),
    path: Type.String(),
    sizeBytes: Type.Integer(),
    content: Type.String(),
  }),
});
