import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const summary = {
  days: Type.Integer(),
  candidates: Type.Integer(),
  perDay: Type.Readonly(
    Type.Array(
      Type.Object({ day: Type.String(), candidateCount: Type.Integer(), sample: Type.Array(Type.String()) }),
    ),
  ),
  staged: Type.Integer(),
};

export const memorySessionBackfillPreview = contract({
  method: "memory.sessionBackfill.preview",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ ...summary, truncated: Type.Boolean() }),
});

export const memorySessionBackfillApply = contract({
  method: "memory.sessionBackfill.apply",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({
    ...summary,
    cursor: Type.Object({ advanced: Type.Boolean(), exhausted: Type.Boolean(), hasMore: Type.Boolean() }),
  }),
});

export const memorySessionBackfillRollback = contract({
  method: "memory.sessionBackfill.rollback",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({ removedDiaryEntries: Type.Integer(), removedStagedEntries: Type.Integer() }),
});
