import { availableParallelism, cpus } from "node:os";
import { performance } from "node:perf_hooks";
import type { Clock, Timer } from "./clock.ts";

/** How busy this process was in the last whole interval. The members are the wire's. */
export interface EventLoopReport {
  readonly degraded: boolean;
  readonly degradedSinceMs: number | null;
  readonly reasons: readonly string[];
  readonly intervalMs: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
  readonly utilization: number;
  readonly cpuCoreRatio: number;
  readonly cpuBreakdown: {
    readonly mainThreadCoreRatio: number;
    readonly hostUtilization: number;
    readonly hostCpuCount: number;
  };
}

export interface EventLoopMonitor {
  report(): EventLoopReport;
  stop(): void;
}

const INTERVAL_MS = 1_000;
/** Above these the loop counts as degraded: answers are late, or no time is left to give them. */
const DELAY_DEGRADED_MS = 1_000;
const UTILIZATION_DEGRADED = 0.95;
const CORE_RATIO_DEGRADED = 0.95;

/** One sample a second: how late its own timer was, and what the process and the host did meanwhile. */
export function monitorEventLoop(clock: Clock): EventLoopMonitor {
  let last = sample(clock);
  let degradedAt: number | undefined;
  let report = describe(last, last, undefined, clock.elapsed());
  const timer: Timer = clock.every(INTERVAL_MS, () => {
    const next = sample(clock);
    const reasons = reasonsOf(last, next);
    degradedAt = reasons.length === 0 ? undefined : (degradedAt ?? next.at);
    report = describe(last, next, degradedAt, clock.elapsed());
    last = next;
  });
  return { report: () => report, stop: () => timer.cancel() };
}

interface Sample {
  readonly at: number;
  readonly loop: ReturnType<typeof performance.eventLoopUtilization>;
  readonly cpuMs: number;
  readonly host: { readonly idle: number; readonly total: number };
}

function sample(clock: Clock): Sample {
  const { user, system } = process.cpuUsage();
  let idle = 0;
  let total = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return {
    at: clock.elapsed(),
    loop: performance.eventLoopUtilization(),
    cpuMs: (user + system) / 1_000,
    host: { idle, total },
  };
}

interface Measured {
  readonly intervalMs: number;
  readonly delayMs: number;
  readonly utilization: number;
  readonly cpuCoreRatio: number;
  readonly hostUtilization: number;
}

function measure(before: Sample, after: Sample): Measured {
  const intervalMs = after.at - before.at;
  const hostTotal = after.host.total - before.host.total;
  return {
    intervalMs,
    delayMs: Math.max(0, intervalMs - INTERVAL_MS),
    // Without an interval the quotient is not a number.
    utilization: performance.eventLoopUtilization(after.loop, before.loop).utilization || 0,
    cpuCoreRatio: intervalMs === 0 ? 0 : (after.cpuMs - before.cpuMs) / intervalMs,
    hostUtilization: hostTotal === 0 ? 0 : 1 - (after.host.idle - before.host.idle) / hostTotal,
  };
}

function reasonsOf(before: Sample, after: Sample): readonly string[] {
  const { delayMs, utilization, cpuCoreRatio } = measure(before, after);
  const reasons: string[] = [];
  if (delayMs >= DELAY_DEGRADED_MS) reasons.push("event_loop_delay");
  if (utilization >= UTILIZATION_DEGRADED) reasons.push("event_loop_utilization");
  if (cpuCoreRatio >= CORE_RATIO_DEGRADED) reasons.push("cpu");
  return reasons;
}

function describe(
  before: Sample,
  after: Sample,
  degradedAt: number | undefined,
  now: number,
): EventLoopReport {
  const measured = measure(before, after);
  const delayMs = rounded(measured.delayMs, 1);
  const cpuCoreRatio = rounded(measured.cpuCoreRatio, 3);
  return {
    degraded: degradedAt !== undefined,
    degradedSinceMs: degradedAt === undefined ? null : Math.round(now - degradedAt),
    reasons: degradedAt === undefined ? [] : reasonsOf(before, after),
    intervalMs: measured.intervalMs,
    delayP99Ms: delayMs,
    delayMaxMs: delayMs,
    utilization: rounded(measured.utilization, 3),
    cpuCoreRatio,
    cpuBreakdown: {
      mainThreadCoreRatio: cpuCoreRatio,
      hostUtilization: rounded(measured.hostUtilization, 3),
      hostCpuCount: availableParallelism(),
    },
  };
}

function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
