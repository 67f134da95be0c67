import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Diagnostics, Lane, Noticed, Profiler, StabilityQuery } from "./index.ts";

export interface DiagnosticsParts {
  readonly clock: Clock;
  readonly profiler: Profiler;
  /** Agent turns that may run at once, and those that do. */
  readonly turns: () => { readonly active: number; readonly max: number };
  readonly crons: () => { readonly active: number; readonly max: number };
}

/** Lanes for work that is rarely there, and how much of it at once. */
const NARROW = { background: 3, nested: 1, systemAgent: 1 } as const;

/** Notices, now and then, how much memory the process takes and how much it does. */
export function createDiagnostics(parts: DiagnosticsParts): Diagnostics {
  const { clock, profiler } = parts;
  const capacity = POLICY.stabilityEventsMax;
  const kept: Noticed[] = [];
  let lastSeq = 0;
  let dropped = 0;

  function notice(type: string, facts: Readonly<Record<string, unknown>>): void {
    lastSeq += 1;
    kept.push({ seq: lastSeq, ts: clock.now(), type, ...facts });
    if (kept.length <= capacity) return;
    kept.shift();
    dropped += 1;
  }

  const timer = clock.every(POLICY.stabilitySampleMs, () => {
    notice("diagnostic.memory.sample", { memory: memoryNow() });
    const webhooks = { received: 0, processed: 0, errors: 0 };
    notice("diagnostic.heartbeat", { webhooks, active: parts.turns().active, waiting: 0, queued: 0 });
  });

  return {
    profiler,
    stability(query) {
      const meant = kept.filter((event) => isMeant(event, query));
      const [first, last] = [meant[0], meant.at(-1)];
      return {
        generatedAt: new Date(clock.now()).toISOString(),
        capacity,
        count: meant.length,
        dropped,
        ...(first === undefined || last === undefined ? {} : { firstSeq: first.seq, lastSeq: last.seq }),
        events: meant.slice(-query.limit),
        summary: summaryOf(meant),
      };
    },
    lanes() {
      const [turns, crons] = [parts.turns(), parts.crons()];
      return [
        lane("active-memory", turns.max),
        lane("background", NARROW.background),
        lane("cron", crons.max, crons.active),
        lane("cron-nested", crons.max),
        lane("main", turns.max, turns.active),
        lane("nested", NARROW.nested),
        lane("subagent", turns.max),
        lane("system-agent", NARROW.systemAgent),
        lane("system-agent-inference", NARROW.systemAgent),
      ];
    },
    stop: () => timer.cancel(),
  };
}

function lane(name: string, maxConcurrent: number, activeCount = 0): Lane {
  const still = { draining: false, generation: 0, blockedBy: null };
  return { lane: name, queuedCount: 0, activeCount, maxConcurrent, ...still };
}

function isMeant(event: Noticed, { type, sinceSeq }: StabilityQuery): boolean {
  return (type === undefined || event.type === type) && (sinceSeq === undefined || event.seq > sinceSeq);
}

interface Memory {
  readonly rssBytes: number;
  readonly heapTotalBytes: number;
  readonly heapUsedBytes: number;
  readonly externalBytes: number;
  readonly arrayBuffersBytes: number;
}

function memoryNow(): Memory {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    rssBytes: rss,
    heapTotalBytes: heapTotal,
    heapUsedBytes: heapUsed,
    externalBytes: external,
    arrayBuffersBytes: arrayBuffers,
  };
}

function summaryOf(events: readonly Noticed[]): Record<string, unknown> {
  const byType: Record<string, number> = {};
  const samples: Memory[] = [];
  for (const event of events) {
    byType[event.type] = (byType[event.type] ?? 0) + 1;
    // Samples are noticed above and nowhere else.
    if (event.type === "diagnostic.memory.sample") samples.push(event["memory"] as Memory);
  }
  const latest = samples.at(-1);
  if (latest === undefined) return { byType };
  const maxRssBytes = Math.max(...samples.map(({ rssBytes }) => rssBytes));
  const maxHeapUsedBytes = Math.max(...samples.map(({ heapUsedBytes }) => heapUsedBytes));
  return { byType, memory: { latest, maxRssBytes, maxHeapUsedBytes, pressureCount: 0 } };
}
