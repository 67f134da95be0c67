import { usageCost, usageStatus } from "../../../schemas/methods/usage/usage.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Quotas are what subscriptions have; the providers here are asked with keys, which have none to ask for. */
  method(usageStatus, ({ deps }) => ({ providers: [], updatedAt: deps.clock.now() })),
  method(usageCost, async ({ params, deps }) => {
    const { daily, totals, sessions } = await deps.sessions.usage.costs(costQuery(params));
    return {
      updatedAt: deps.clock.now(),
      days: daily.length,
      daily,
      totals,
      // The sums are taken from the transcripts at each call.
      cacheStatus: { status: "fresh", cachedFiles: sessions, pendingFiles: 0, staleFiles: 0 },
    };
  }),
] satisfies Method[];

const RANGES = ["7d", "30d", "90d", "1y", "all"] as const;

/** The params are not declared: what is of another kind than it should be is not there. */
function costQuery(params: Readonly<Record<string, unknown>>) {
  const { days, agentId, startDate, endDate } = params;
  const range = RANGES.find((one) => one === params["range"]);
  return {
    ...(typeof days === "number" && Number.isFinite(days) ? { days: Math.max(1, Math.floor(days)) } : {}),
    ...(typeof agentId === "string" ? { agentId } : {}),
    ...(typeof startDate === "string" ? { startDate } : {}),
    ...(typeof endDate === "string" ? { endDate } : {}),
    ...(range === undefined ? {} : { range }),
  };
}
