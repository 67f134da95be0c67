import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Action = Type.Object({ skill: Type.String({ minLength: 1 }) }, { additionalProperties: false });

export const skillsCuratorStatus = contract({
  method: "skills.curator.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    lastAttemptAtMs: Type.Null(),
    lastSuccessAtMs: Type.Null(),
    lastError: Type.Null(),
    collectionReview: Type.Object({}),
    experienceReview: Type.Object({}),
    counts: Type.Object({ active: Type.Integer(), stale: Type.Integer(), archived: Type.Integer() }),
    inventory: Type.Optional(Type.Literal("live-workshop")),
    skills: Type.Array(
      Type.Object({
        skillFile: Type.String(),
        skillKey: Type.String(),
        skillName: Type.String(),
        createdAtMs: Type.Union([Type.Integer(), Type.Null()]),
        state: Type.Literal("active"),
        pinned: Type.Boolean(),
        stateChangedAtMs: Type.Union([Type.Integer(), Type.Null()]),
        lastUsedAtMs: Type.Null(),
        useCount: Type.Integer(),
        archivedReason: Type.Null(),
      }),
    ),
    overlaps: Type.Array(Type.Never()),
  }),
});

export const skillsCuratorPin = contract({
  method: "skills.curator.pin",
  access: "operator.admin",
  sideEffects: true,
  params: Action,
  result: Type.Never(),
});

export const skillsCuratorUnpin = contract({
  method: "skills.curator.unpin",
  access: "operator.admin",
  sideEffects: true,
  params: Action,
  result: Type.Never(),
});

export const skillsCuratorRestore = contract({
  method: "skills.curator.restore",
  access: "operator.admin",
  sideEffects: true,
  params: Action,
  result: Type.Never(),
});
