import { usageCost, usageStatus } from "../../../schemas/methods/usage/usage.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Quotas are what subscriptions have; the providers here are asked with keys, which have none to ask for. */
  method(usageStatus, ({ deps }) => ({ providers: [], updatedAt: deps.clock.now() })),
  method(usageCost, async ({ deps }) => {
    const { daily, totals } = await deps.sessions.usage.costs();
    return {
      updatedAt: deps.clock.now(),
      days: daily.length,
      daily,
      totals,
      // The sums are taken from the transcripts at each call.
      cacheStatus: { status: "fresh", cachedFiles: 0, pendingFiles: 0, staleFiles: 0 },
    };
  }),
] satisfies Method[];
