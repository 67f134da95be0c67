import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const doctorMemoryStatus = contract({
  method: "doctor.memory.status",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    provider: Type.Optional(Type.String()),
    embedding: Type.Object({
      ok: Type.Boolean(),
      checked: Type.Optional(Type.Boolean()),
      error: Type.Optional(Type.String()),
    }),
    dreaming: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
});

export const doctorMemoryDreamDiary = contract({
  method: "doctor.memory.dreamDiary",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    path: Type.String(),
    found: Type.Boolean(),
    content: Type.Optional(Type.String()),
    updatedAtMs: Type.Optional(Type.Integer()),
  }),
});

export const doctorMemoryBackfillDreamDiary = contract({
  method: "doctor.memory.backfillDreamDiary",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    path: Type.String(),
    found: Type.Boolean(),
    action: Type.Literal("backfill"),
    scannedFiles: Type.Integer(),
    written: Type.Integer(),
    replaced: Type.Integer(),
  }),
});

export const doctorMemoryResetDreamDiary = contract({
  method: "doctor.memory.resetDreamDiary",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    path: Type.String(),
    found: Type.Boolean(),
    action: Type.Literal("reset"),
    removedEntries: Type.Integer(),
  }),
});

export const doctorMemoryResetGroundedShortTerm = contract({
  method: "doctor.memory.resetGroundedShortTerm",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    action: Type.Literal("resetGroundedShortTerm"),
    removedShortTermEntries: Type.Integer(),
  }),
});

export const doctorMemoryRepairDreamingArtifacts = contract({
  method: "doctor.memory.repairDreamingArtifacts",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    action: Type.Literal("repairDreamingArtifacts"),
    changed: Type.Boolean(),
    archiveDir: Type.String(),
    archivedDreamsDiary: Type.Boolean(),
    archivedSessionCorpus: Type.Boolean(),
    archivedSessionIngestion: Type.Boolean(),
    warnings: Type.Array(Type.String()),
  }),
});

export const doctorMemoryDedupeDreamDiary = contract({
  method: "doctor.memory.dedupeDreamDiary",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Object({
    agentId: Type.String(),
    path: Type.String(),
    found: Type.Boolean(),
    action: Type.Literal("dedupeDreamDiary"),
    removedEntries: Type.Integer(),
    dedupedEntries: Type.Integer(),
    keptEntries: Type.Integer(),
  }),
});
