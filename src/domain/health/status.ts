import { POLICY } from "../../../schemas/policy.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import { agentOwnership } from "../agents/index.ts";
import { section, text } from "../config/index.ts";
import { tallyOf } from "../tasks/index.ts";
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

/** Who asks for `status`, and whether the command line's own account of the configuration comes along. */
export interface StatusRequest {
  readonly isAdmin: boolean;
  readonly withProjection?: boolean;
}

const REDACTED = "[redacted]";
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
export async function statusOf(
  options: HealthOptions,
  { isAdmin, withProjection = false }: StatusRequest,
): Promise<Record<string, unknown>> {
  const { config, eventLoop } = options;
  const { entries } = config.current().agents;
  const defaultAgentId = (entries.find((agent) => agent.default) ?? entries[0])?.id ?? "main";
  return {
    runtimeVersion: REFERENCE_VERSION,
    ...(withProjection ? { cliProjection: projectionOf(options) } : {}),
    hostDesktop: { enabled: false, state: "disabled", port: 5900 },
    heartbeat: {
      defaultAgentId,
      agents: entries.map(({ id }) => {
        const { enabled, every, everyMs } = heartbeatOf(config.current(), id);
        return { agentId: id, enabled, every, everyMs, waitingForRoute: true };
      }),
    },
    channelSummary: [],
    queuedSystemEvents: options.queuedEvents(),
    degradedSecretOwners: [],
    degradedPlugins: [],
    tasks: tallyOf(await options.tasks.list({})),
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

/** What `openclaw status --json` would otherwise have to read from a configuration that may not be its own. */
function projectionOf({ config, plugins }: HealthOptions): Record<string, unknown> {
  const current = config.current();
  const { entries } = current.agents;
  const { ownership, selectionRequired } = agentOwnership(current);
  const slot = text(section(section(current, "plugins"), "slots")["memory"]) ?? "memory-core";
  return {
    agents: {
      defaultId: (entries.find((agent) => agent.default) ?? entries[0])?.id ?? "main",
      ownership,
      selectionRequired,
      rows: entries.map(({ id, name }) => ({ id, ...(name === undefined ? {} : { name }) })),
    },
    updateChannel: text(section(current, "update")["channel"]) ?? null,
    memoryPlugin: { enabled: plugins.loaded().includes(slot), slot },
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
