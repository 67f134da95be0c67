import {
  diagnosticsCpuProfile,
  diagnosticsHeapProfile,
  diagnosticsLanes,
  diagnosticsStability,
} from "../../../schemas/methods/diagnostics/diagnostics.ts";
import { POLICY } from "../../../schemas/policy.ts";
import type { StabilityQuery } from "../../domain/diagnostics/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const STABILITY_LIMIT = 50;
const CPU_MS = 5_000;
const CPU_INTERVAL_MICROS = 10_000;
const HEAP_MS = { usual: 10_000, most: 30_000 } as const;
const HEAP_BYTES = { usual: 32_768, least: 4_096 } as const;

type Params = Readonly<Record<string, unknown>>;

export default [
  method(diagnosticsStability, ({ params, deps }) => {
    const { events, summary, ...page } = deps.diagnostics.stability(stabilityQuery(params));
    return { ...page, events: events.map((event) => ({ ...event })), summary: { ...summary } };
  }),
  method(diagnosticsLanes, ({ deps }) => ({
    ts: deps.clock.now(),
    lanes: deps.diagnostics.lanes().map((lane) => ({ ...lane })),
    dynamic: null,
  })),
  method(diagnosticsCpuProfile, async ({ params, deps: { diagnostics, clock } }) => {
    if (typeof params !== "object" || Array.isArray(params) || Object.keys(params).length > 0)
      throw invalidRequest("diagnostics.cpuProfile accepts only empty params");
    const startedAt = clock.elapsed();
    const { profile, redacted } = await diagnostics.profiler.cpu(CPU_MS, CPU_INTERVAL_MICROS);
    return {
      requestedDurationMs: CPU_MS,
      actualDurationMs: clock.elapsed() - startedAt,
      samplingIntervalMicros: CPU_INTERVAL_MICROS,
      sampleLossCount: null,
      redactedNodeCount: redacted,
      profile,
    };
  }),
  method(diagnosticsHeapProfile, async ({ params, deps: { diagnostics, clock } }) => {
    const { durationMs, samplingIntervalBytes } = heapQuery(params);
    const before = process.memoryUsage();
    const startedAt = clock.elapsed();
    const { profile, redacted } = await diagnostics.profiler.heap(durationMs, samplingIntervalBytes);
    const after = process.memoryUsage();
    return {
      durationMs: clock.elapsed() - startedAt,
      samplingIntervalBytes,
      heapUsedBefore: before.heapUsed,
      heapUsedAfter: after.heapUsed,
      rssBefore: before.rss,
      rssAfter: after.rss,
      redactedNodeCount: redacted,
      unattributedSampleCount: 0,
      unattributedSampleBytes: 0,
      truncated: false,
      profile,
    };
  }),
] satisfies Method[];

function stabilityQuery(params: Params): StabilityQuery {
  const { limit, type, sinceSeq } = params;
  const most = POLICY.stabilityEventsMax;
  if (limit !== undefined && !isCount(limit)) throw invalidRequest("limit must be a non-negative integer");
  if (limit !== undefined && (limit === 0 || limit > most))
    throw invalidRequest(`limit must be between 1 and ${most}`);
  if (type !== undefined && (typeof type !== "string" || type.trim() === ""))
    throw invalidRequest("type must be a non-empty string");
  if (sinceSeq !== undefined && !isCount(sinceSeq))
    throw invalidRequest("sinceSeq must be a non-negative integer");
  return {
    limit: limit ?? STABILITY_LIMIT,
    ...(type === undefined ? {} : { type }),
    ...(sinceSeq === undefined ? {} : { sinceSeq }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

const HEAP_MEMBERS: ReadonlySet<string> = new Set(["durationMs", "samplingIntervalBytes"]);

function heapQuery(params: Params): { durationMs: number; samplingIntervalBytes: number } {
  const isRight =
    typeof params === "object" &&
    !Array.isArray(params) &&
    Object.entries(params).every(([key, value]) => HEAP_MEMBERS.has(key) && isCount(value) && value > 0);
  if (!isRight)
    throw invalidRequest(
      "diagnostics.heapProfile accepts only positive integer durationMs and samplingIntervalBytes",
    );
  const { durationMs, samplingIntervalBytes } = params;
  return {
    durationMs: Math.min(isCount(durationMs) ? durationMs : HEAP_MS.usual, HEAP_MS.most),
    samplingIntervalBytes: Math.max(
      isCount(samplingIntervalBytes) ? samplingIntervalBytes : HEAP_BYTES.usual,
      HEAP_BYTES.least,
    ),
  };
}
