import { gatewayRestartPreflight } from "../../../schemas/methods/gateway/restart.ts";
import { type Method, method } from "../method.ts";

export default [
  method(gatewayRestartPreflight, ({ deps }) => {
    const blockers = deps.suspension.blockers();
    const countOf = (kind: string): number => blockers.find((one) => one.kind === kind)?.count ?? 0;
    const [embeddedRuns, cronRuns] = [countOf("chat-run"), countOf("cron-run")];
    const reasons = blockers.map(({ message }) => message).join(", ");
    return {
      safe: blockers.length === 0,
      summary: blockers.length === 0 ? "safe to restart: no active work" : `restart deferred: ${reasons}`,
      counts: {
        activeTasks: 0,
        backgroundExecSessions: 0,
        cronRuns,
        embeddedRuns,
        pendingReplies: 0,
        queueSize: 0,
        rootRequests: 0,
        totalActive: embeddedRuns + cronRuns,
      },
      blockers: blockers.map((blocker) => ({ ...blocker })),
    };
  }),
] satisfies Method[];
