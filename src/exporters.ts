import type { Dispatcher } from "./dispatch/dispatch.ts";
import { observed } from "./dispatch/observed.ts";
import { type ConfigSource, isRecord, section } from "./domain/config/index.ts";
import type { Runs } from "./domain/runs/index.ts";
import type { System } from "./domain/system/index.ts";
import { type Telemetry, together, watchEvents } from "./domain/telemetry/index.ts";
import { TOPICS } from "./methods/registry.gen.ts";
import type { Clock } from "./platform/clock.ts";
import type { EventLoopMonitor } from "./platform/event-loop.ts";
import type { Ids } from "./platform/ids.ts";
import type { Log } from "./platform/log.ts";
import type { WebAnswer, WebRequest } from "./transport/control-ui/index.ts";

const PULLED = "diagnostics-prometheus";
const PUSHED = "diagnostics-otel";
const ROUTE = "/api/diagnostics/prometheus";

/** What this gateway tells a monitoring system, when the configuration asks for it. */
export interface Exporters {
  watch(dispatcher: Dispatcher): Dispatcher;
  /** Answers a scrape; undefined where the request is none of its business. */
  handle(request: WebRequest): Promise<WebAnswer | undefined>;
  close(): Promise<void>;
}

export interface ExporterParts {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Hands over each line of the log file from now on. */
  readonly overhearLog: ((listener: (line: string) => void) => void) | undefined;
  readonly overhear: (event: string, listener: (payload: unknown) => void) => void;
  readonly eventLoop: EventLoopMonitor;
  readonly runs: Runs;
  readonly system: System;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isAuthorized: (bearer: string | undefined) => boolean;
}

/** One way out. Without telemetry it is there and records nothing. */
interface Exporter {
  readonly telemetry?: Telemetry;
  handle?(request: WebRequest): Promise<WebAnswer | undefined>;
  close(): Promise<void> | void;
}

/** Undefined, and nothing loaded, unless an exporter's plugin is switched on, as on the reference. */
export async function composeExporters(parts: ExporterParts): Promise<Exporters | undefined> {
  const diagnostics = section(parts.config.current(), "diagnostics");
  // Switched off, diagnostics record nothing: the route is there and says nothing.
  const isRecording = diagnostics["enabled"] !== false;
  const opened: Exporter[] = [];
  if (isSwitchedOn(parts.config, PULLED)) opened.push(await openPulled(parts, isRecording));
  if (isRecording && section(diagnostics, "otel")["enabled"] === true && isSwitchedOn(parts.config, PUSHED)) {
    const pushed = await openPushed(parts);
    if (pushed !== undefined) opened.push(pushed);
  }
  if (opened.length === 0) return undefined;
  const listeners = opened.flatMap(({ telemetry }) => telemetry ?? []);
  const telemetry = together(listeners);
  const { clock, overhear } = parts;
  if (listeners.length > 0) watchEvents({ overhear, telemetry, clock });
  const isKnown = (method: string): boolean => Object.hasOwn(TOPICS, method);
  return {
    watch: (dispatcher) =>
      listeners.length > 0 ? observed(dispatcher, telemetry, { clock, isKnown }) : dispatcher,
    async handle(request) {
      for (const exporter of opened) {
        const answer = await exporter.handle?.(request);
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    async close() {
      await Promise.all(opened.map(async (exporter) => exporter.close()));
    },
  };
}

/** Waits to be scraped. */
async function openPulled(parts: ExporterParts, isRecording: boolean): Promise<Exporter> {
  const { openPrometheus } = await import("./adapters/prometheus/index.ts");
  const { clock, runs, eventLoop } = parts;
  let readAt = clock.elapsed();
  const prometheus = openPrometheus({
    readings: {
      instanceId: async () => String((await parts.system.info())["processInstanceId"]),
      eventLoop() {
        const observedSeconds = (clock.elapsed() - readAt) / 1000;
        readAt = clock.elapsed();
        return { maxSeconds: eventLoop.report().delayMaxMs / 1000, observedSeconds };
      },
      activeRuns: () => runs.liveCount,
    },
  });
  return {
    ...(isRecording ? { telemetry: prometheus.telemetry } : {}),
    async handle(request) {
      if (request.path !== ROUTE) return undefined;
      if (!parts.isAuthorized(bearerOf(request))) return plain(401, "Unauthorized");
      if (request.method !== "GET" && request.method !== "HEAD") return plain(405, "Method Not Allowed");
      const body = isRecording ? await prometheus.render() : "";
      return {
        status: 200,
        headers: { "content-type": prometheus.contentType, "cache-control": "no-store" },
        body,
      };
    },
    close: () => prometheus.close(),
  };
}

/** Pushes to a receiver of OTLP. */
async function openPushed(parts: ExporterParts): Promise<Exporter | undefined> {
  const { openOtlp, readOtlpSettings } = await import("./adapters/otlp/index.ts");
  const { config, clock, ids, log, runs, eventLoop, version } = parts;
  const settings = readOtlpSettings(section(section(config.current(), "diagnostics"), "otel"), parts.env);
  if (settings === undefined) return undefined;
  const otlp = openOtlp({
    settings,
    version,
    readings: { eventLoop: () => eventLoop.report(), activeRuns: () => runs.liveCount },
    apiOf(provider) {
      const { api } = section(section(section(config.current(), "models"), "providers"), provider);
      return typeof api === "string" ? api : "unknown";
    },
    clock,
    ids,
    log,
    print: (line) => void process.stdout.write(`${line}\n`),
  });
  parts.overhearLog?.(otlp.logged);
  return otlp;
}

function isSwitchedOn(config: ConfigSource, plugin: string): boolean {
  const plugins = section(config.current(), "plugins");
  const { allow, deny } = plugins;
  if (plugins["enabled"] === false) return false;
  if (Array.isArray(deny) && deny.includes(plugin)) return false;
  if (Array.isArray(allow) && !allow.includes(plugin)) return false;
  const entry = section(plugins, "entries")[plugin];
  return isRecord(entry) && entry["enabled"] === true;
}

function bearerOf(request: WebRequest): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(request.headers["authorization"] ?? "")?.[1]?.trim();
}

function plain(status: number, body: string): WebAnswer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
