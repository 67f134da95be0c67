import { POLICY } from "../../../schemas/policy.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { EventLoopMonitor } from "../../platform/event-loop.ts";
import type { Log } from "../../platform/log.ts";
import type { ConfigSource } from "../config/index.ts";
import type { Publisher } from "../events.ts";
import type { Plugins } from "../plugins/index.ts";
import type { Tasks } from "../tasks/index.ts";
import { heartbeatOf } from "./heartbeat.ts";
import type { Health } from "./index.ts";
import { type SessionFacts, statusOf } from "./status.ts";

export interface HealthOptions {
  readonly clock: Clock;
  readonly config: ConfigSource;
  readonly events: Publisher;
  readonly log: Log;
  readonly eventLoop: EventLoopMonitor;
  readonly sessionFacts: SessionFacts;
  readonly plugins: Pick<Plugins, "loaded">;
  readonly tasks: Pick<Tasks, "list">;
  /** What waits to be told to the first agent in its main session. */
  readonly queuedEvents: () => readonly string[];
  /** Agent runs that a shutdown would have to wait for. */
  readonly liveRuns: () => number;
}

type Json = Record<string, unknown>;

export function createHealth(options: HealthOptions): Health {
  const { clock, config, events, eventLoop } = options;
  let version = 1;
  let latest: Json | undefined;
  let pending: Promise<Json> | undefined;
  let timer: Timer | undefined;
  let toldArrivalAt: number | undefined;
  let arrival: Timer | undefined;

  async function take(): Promise<Json> {
    const startedAt = clock.elapsed();
    const ts = clock.now();
    const roster = await describeAgents(options);
    latest = {
      ok: true,
      ts,
      durationMs: Math.round(clock.elapsed() - startedAt),
      plugins: { loaded: options.plugins.loaded(), errors: [], unavailable: [] },
      configReload: { hotReloadStatus: config.current().gateway.reload.mode === "off" ? "off" : "active" },
      channels: {},
      channelOrder: [],
      channelLabels: {},
      ...roster,
    };
    version += 1;
    return latest;
  }

  /** Snapshots that are asked for at the same time are one snapshot. */
  function fresh(): Promise<Json> {
    pending ??= take().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  function refresh(): void {
    fresh().then(
      (snapshot) => events.publish("health", { ...snapshot, eventLoop: eventLoop.report() }),
      (error: unknown) => options.log.warn({ err: error }, "no health snapshot could be taken"),
    );
  }

  return {
    get version() {
      return version;
    },
    get latest() {
      return latest === undefined ? undefined : { ...latest, eventLoop: eventLoop.report() };
    },
    async snapshot({ isFresh = false } = {}) {
      const snapshot = isFresh || latest === undefined ? await fresh() : latest;
      return { ...snapshot, modelRuntime: MODEL_RUNTIME, eventLoop: eventLoop.report() };
    },
    status: (request) => statusOf(options, request),
    onArrival() {
      const now = clock.elapsed();
      if (toldArrivalAt !== undefined && now - toldArrivalAt < POLICY.healthRefreshIntervalMs) return;
      toldArrivalAt = now;
      // compat(connection/parallel): those who come together are greeted with the same state.
      arrival = clock.after(POLICY.healthArrivalDelayMs, refresh);
    },
    start() {
      timer = clock.every(POLICY.healthRefreshIntervalMs, refresh);
      refresh();
    },
    stop() {
      timer?.cancel();
      arrival?.cancel();
    },
  };
}

const MODEL_RUNTIME = { degraded: false, pendingAgents: [] };

async function describeAgents({ config, sessionFacts }: HealthOptions): Promise<Json> {
  const { entries } = config.current().agents;
  const defaultId = (entries.find((agent) => agent.default) ?? entries[0])?.id ?? "main";
  const agents = await Promise.all(
    entries.map(async (agent) => ({
      agentId: agent.id,
      ...(agent.name === undefined ? {} : { name: agent.name }),
      isDefault: agent.id === defaultId,
      heartbeat: heartbeatOf(config.current(), agent.id),
      sessions: await sessionFacts.of(agent.id),
    })),
  );
  const ofDefault = agents.find(({ isDefault }) => isDefault);
  return {
    heartbeatSeconds: Math.round((ofDefault?.heartbeat.everyMs ?? 0) / 1_000),
    defaultAgentId: defaultId,
    agents,
    sessions: ofDefault?.sessions ?? { path: "", count: 0, recent: [] },
  };
}
