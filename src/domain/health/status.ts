import { POLICY } from "../../../schemas/policy.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import type { HealthOptions } from "./health.ts";
import { heartbeatOf } from "./heartbeat.ts";

export interface AgentSessions {
  readonly path: string;
  readonly count: number;
  readonly recent: readonly Record<string, unknown>[];
}

/** What is known of the sessions of each agent. */
export interface SessionFacts {
  of(agentId: string): Promise<AgentSessions>;
  defaults(): { readonly model: string | null; readonly contextTokens: number | null };
}

const REDACTED = "[redacted]";
const NO_TASKS = {
  total: 0,
  active: 0,
  terminal: 0,
  failures: 0,
  byStatus: { queued: 0, running: 0, succeeded: 0, failed: 0, timed_out: 0, cancelled: 0, lost: 0 },
  byRuntime: { subagent: 0, acp: 0, cli: 0, cron: 0 },
};
const NO_TASK_PROBLEMS = {
  total: 0,
  warnings: 0,
  errors: 0,
  byCode: {
    stale_queued: 0,
    stale_running: 0,
    lost: 0,
    delivery_failed: 0,
    missing_cleanup: 0,
    inconsistent_timestamps: 0,
  },
};

/** The wire payload of `status`. Nouns that this gateway does not have yet are told as empty, which they are. */
export async function statusOf(options: HealthOptions, isAdmin: boolean): Promise<Record<string, unknown>> {
  const { config, eventLoop } = options;
  const { entries } = config.current().agents;
  const defaultAgentId = (entries.find((agent) => agent.default) ?? entries[0])?.id ?? "main";
  return {
    runtimeVersion: REFERENCE_VERSION,
    hostDesktop: { enabled: false, state: "disabled", port: 5900 },
    heartbeat: {
      defaultAgentId,
      agents: entries.map(({ id }) => {
        const { enabled, every, everyMs } = heartbeatOf(config.current(), id);
        return { agentId: id, enabled, every, everyMs, waitingForRoute: true };
      }),
    },
    channelSummary: [],
    queuedSystemEvents: [],
    degradedSecretOwners: [],
    degradedPlugins: [],
    tasks: NO_TASKS,
    taskAudit: NO_TASK_PROBLEMS,
    sessions: await sessionsOf(options, isAdmin),
    modelRuntime: { degraded: false, pendingAgents: [] },
    eventLoop: eventLoop.report(),
    processMemory: memory(),
    workerPools: {},
    pid: process.pid,
    shutdownBudget: {
      timeoutMs: POLICY.shutdownDrainMs + POLICY.shutdownCloseMs,
      reserveMs: POLICY.shutdownCloseMs,
      nativeStopBudget: false,
      // A run of a job is a run like any other; writes are over within the turn of the loop that began them.
      activeWork: {
        rootRequests: options.liveRuns(),
        cronRuns: 0,
        sessionMutations: 0,
        terminalPersistence: 0,
        lifecycleWrites: 0,
      },
      writeCustody: [],
    },
  };
}

async function sessionsOf(options: HealthOptions, isAdmin: boolean): Promise<Record<string, unknown>> {
  const agents = await Promise.all(
    options.config.current().agents.entries.map(async ({ id }) => ({
      agentId: id,
      ...(await options.sessionFacts.of(id)),
    })),
  );
  const recent = agents
    .flatMap((agent) => agent.recent)
    .toSorted((left, right) => Number(right["updatedAt"]) - Number(left["updatedAt"]));
  return {
    paths: isAdmin ? agents.map(({ path }) => path) : [],
    count: agents.reduce((sum, { count }) => sum + count, 0),
    defaults: isAdmin ? options.sessionFacts.defaults() : { model: null, contextTokens: null },
    recent: isAdmin ? recent : [],
    byAgent: agents.map(({ agentId, path, count, recent: own }) => ({
      agentId,
      path: isAdmin ? path : REDACTED,
      count,
      recent: isAdmin ? own : [],
    })),
  };
}

function memory(): Record<string, number> {
  const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
  return {
    rssBytes: rss,
    heapUsedBytes: heapUsed,
    heapTotalBytes: heapTotal,
    externalBytes: external,
    arrayBuffersBytes: arrayBuffers,
  };
}
