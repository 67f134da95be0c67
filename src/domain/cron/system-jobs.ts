import type { Job } from "./job.ts";

/** How often which agents look up from their work. */
export type HeartbeatPlan = readonly { readonly agentId: string; readonly everyMs: number }[];

export type SystemJob = Omit<Job, "id" | "createdAtMs" | "updatedAtMs" | "state"> & {
  readonly declarationKey: string;
};

const IDLE_EVERY_MS = 30 * 60 * 1_000;

/** One beat for each agent, off when its interval is zero. An agent's beat has a phase of its own, and keeps it. */
export function heartbeatJobs(plan: HeartbeatPlan): readonly SystemJob[] {
  return plan.map(({ agentId, everyMs }) => {
    const interval = everyMs > 0 ? everyMs : IDLE_EVERY_MS;
    return {
      declarationKey: `heartbeat:${agentId}`,
      name: `heartbeat-${agentId}`,
      displayName: `Heartbeat (${agentId})`,
      agentId,
      enabled: everyMs > 0,
      schedule: { kind: "every", everyMs: interval, anchorMs: phaseOf(agentId, interval) },
      sessionTarget: "main",
      wakeMode: "next-heartbeat",
      payload: { kind: "heartbeat" },
    };
  });
}

function phaseOf(agentId: string, intervalMs: number): number {
  let hash = 0x811c9dc5;
  for (const char of `heartbeat:${agentId}`) {
    hash ^= char.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash % intervalMs;
}
