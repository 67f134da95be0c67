import { PerformanceObserver } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Telemetry } from "../../domain/telemetry/index.ts";

export interface Prometheus {
  readonly telemetry: Telemetry;
  readonly contentType: string;
  /** The exposition text, with the figures of this moment. */
  render(): Promise<string>;
  close(): void;
}

/** What is read at every scrape. */
export interface Readings {
  /** The id of this process, as `system.info` tells it. */
  instanceId(): Promise<string>;
  /** The largest delay of the event loop since the last reading, and how long it was watched, in seconds. */
  eventLoop(): { readonly maxSeconds: number; readonly observedSeconds: number };
  /** Runs under way. */
  activeRuns(): number;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const TOKENS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576];
/** As on the reference: a label that is no short name is not a name. */
const NAME = /^[\w.:/@+-]{1,96}$/;
const SERIES_MAX = 2_048;

const named = (value: string): string => (NAME.test(value) ? value : "unknown");

/** The metrics of the reference's own exporter, under its names, as far as what they count exists here. */
export function openPrometheus(options: { readonly readings: Readings }): Prometheus {
  const registry = new Registry();
  const of = (name: string, help: string, labelNames: readonly string[] = []) => ({
    name: `openclaw_${name}`,
    help,
    labelNames: [...labelNames],
    registers: [registry],
  });
  const counter = (...args: Parameters<typeof of>) => new Counter(of(...args));
  const seconds = (...args: Parameters<typeof of>) => new Histogram({ ...of(...args), buckets: SECONDS });

  const dropped = counter("prometheus_series_dropped_total", "Series refused because of the limit");
  const series = new Set<string>();
  /** Labels as the exporter may show them; undefined where they would be one series too many. */
  const admit = <Labels extends Record<string, string>>(
    metric: string,
    labels: Labels,
  ): Labels | undefined => {
    const clean = Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, named(value)]));
    const key = `${metric} ${JSON.stringify(clean)}`;
    if (!series.has(key)) {
      if (series.size >= SERIES_MAX) {
        dropped.inc();
        return undefined;
      }
      series.add(key);
    }
    // The same keys with texts as values.
    return clean as Labels;
  };

  const requests = counter("gateway_rpc_requests_total", "Valid requests received", ["method"]);
  const firstResponse = seconds("gateway_rpc_first_response_seconds", "Receipt to the first answer", [
    "method",
  ]);
  const outcomes = counter("gateway_rpc_outcomes_total", "Requests by how they were answered", [
    "phase",
    "outcome",
  ]);
  const RUN = ["provider", "model", "outcome", "channel", "trigger"];
  const runs = counter("run_completed_total", "Runs that ended", RUN);
  const runSeconds = seconds("run_duration_seconds", "How long runs took", RUN);
  const CALL = ["provider", "model", "outcome", "observation_unit"];
  const calls = counter("model_call_total", "Calls of a model", CALL);
  const callSeconds = seconds("model_call_duration_seconds", "How long calls of a model took", CALL);
  const USAGE = ["agent", "channel", "provider", "model"];
  const tokens = counter("model_tokens_total", "Tokens by kind", [...USAGE, "token_type"]);
  const tokenUsage = new Histogram({
    ...of("gen_ai_client_token_usage", "Tokens of one call", ["provider", "model", "token_type"]),
    buckets: TOKENS,
  });
  const cost = counter("model_cost_usd_total", "Estimated cost in US dollars", USAGE);
  const TOOL = ["tool", "outcome"];
  const tools = counter("tool_execution_total", "Tools that ran", TOOL);
  const toolSeconds = seconds("tool_execution_duration_seconds", "How long tools ran", TOOL);
  const turns = counter("session_turn_created_total", "Turns begun", ["agent", "channel", "trigger"]);
  const gcSeconds = seconds("gc_duration_seconds", "How long garbage collections took");
  const loopDelay = seconds(
    "gateway_event_loop_delay_max_seconds",
    "Largest delay of the event loop per window",
  );
  const observed = counter(
    "gateway_event_loop_observed_seconds_total",
    "How long the event loop was watched",
  );
  const build = new Gauge(of("gateway_build_info", "The process that answers", ["process_instance_id"]));
  const memory = new Gauge(of("memory_bytes", "Memory by kind", ["kind"]));
  const lane = new Gauge(of("queue_lane_size", "Runs under way in a lane", ["lane"]));

  const collections = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) gcSeconds.observe(entry.duration / 1000);
  });
  collections.observe({ entryTypes: ["gc"] });

  const DIRECT = { channel: "none", trigger: "user" } as const;
  return {
    contentType: registry.contentType,
    telemetry: {
      rpcReceived(method) {
        const labels = admit("requests", { method });
        if (labels) requests.inc(labels);
      },
      rpcAnswered(method, took, outcome) {
        const labels = admit("firstResponse", { method });
        if (labels) firstResponse.observe(labels, took);
        outcomes.inc({ phase: "response", outcome });
      },
      turnCreated(agent) {
        const labels = admit("turns", { agent, ...DIRECT });
        if (labels) turns.inc(labels);
      },
      runEnded({ provider, model, outcome, seconds: took }) {
        const labels = admit("runs", { provider, model, outcome, ...DIRECT });
        if (labels === undefined) return;
        runs.inc(labels);
        runSeconds.observe(labels, took);
      },
      modelCalled({ provider, model, outcome, seconds: took }) {
        const labels = admit("calls", { provider, model, outcome, observation_unit: "request" });
        if (labels === undefined) return;
        calls.inc(labels);
        callSeconds.observe(labels, took);
      },
      tokensUsed({ agentId, provider, model, tokens: used, costUsd }) {
        const labels = admit("usage", { agent: agentId, channel: "none", provider, model });
        if (labels === undefined) return;
        cost.inc(labels, costUsd);
        for (const [token_type, count] of Object.entries(used)) {
          if (count === 0) continue;
          tokens.inc({ ...labels, token_type }, count);
          tokenUsage.observe({ provider: labels.provider, model: labels.model, token_type }, count);
        }
      },
      toolRan({ name, outcome, seconds: took }) {
        const labels = admit("tools", { tool: name, outcome });
        if (labels === undefined) return;
        tools.inc(labels);
        toolSeconds.observe(labels, took);
      },
    },
    async render() {
      build.set({ process_instance_id: await options.readings.instanceId() }, 1);
      const { rss: resident, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
      const kinds = {
        rss: resident,
        heap_total: heapTotal,
        heap_used: heapUsed,
        external,
        array_buffers: arrayBuffers,
      };
      for (const [kind, bytes] of Object.entries(kinds)) memory.set({ kind }, bytes);
      lane.set({ lane: "main" }, options.readings.activeRuns());
      const loop = options.readings.eventLoop();
      loopDelay.observe(loop.maxSeconds);
      observed.inc(loop.observedSeconds);
      return registry.metrics();
    },
    close() {
      collections.disconnect();
      registry.clear();
    },
  };
}
