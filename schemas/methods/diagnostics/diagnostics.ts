import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Loose = Type.Record(Type.String(), Type.Unknown());

/** Params are checked by the handler, in words of its own. */
export const diagnosticsStability = contract({
  method: "diagnostics.stability",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    generatedAt: Type.String(),
    capacity: Type.Integer(),
    count: Type.Integer(),
    dropped: Type.Integer(),
    firstSeq: Type.Optional(Type.Integer()),
    lastSeq: Type.Optional(Type.Integer()),
    events: Type.Array(Loose),
    summary: Loose,
  }),
});

export const diagnosticsLanes = contract({
  method: "diagnostics.lanes",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    ts: Type.Integer(),
    lanes: Type.Array(
      Type.Object({
        lane: Type.String(),
        queuedCount: Type.Integer(),
        activeCount: Type.Integer(),
        maxConcurrent: Type.Integer(),
        draining: Type.Boolean(),
        generation: Type.Integer(),
        blockedBy: Type.Null(),
      }),
    ),
    dynamic: Type.Null(),
  }),
});

export const diagnosticsCpuProfile = contract({
  method: "diagnostics.cpuProfile",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({
    requestedDurationMs: Type.Integer(),
    actualDurationMs: Type.Number(),
    samplingIntervalMicros: Type.Integer(),
    sampleLossCount: Type.Null(),
    redactedNodeCount: Type.Integer(),
    profile: Loose,
  }),
});

export const diagnosticsHeapProfile = contract({
  method: "diagnostics.heapProfile",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({
    durationMs: Type.Number(),
    samplingIntervalBytes: Type.Integer(),
    heapUsedBefore: Type.Integer(),
    heapUsedAfter: Type.Integer(),
    rssBefore: Type.Integer(),
    rssAfter: Type.Integer(),
    redactedNodeCount: Type.Integer(),
    unattributedSampleCount: Type.Integer(),
    unattributedSampleBytes: Type.Integer(),
    truncated: Type.Boolean(),
    profile: Loose,
  }),
});
