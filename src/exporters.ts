import type { Dispatcher } from "./dispatch/dispatch.ts";
import { observed } from "./dispatch/observed.ts";
import { type ConfigSource, isRecord, section } from "./domain/config/index.ts";
import type { Runs } from "./domain/runs/index.ts";
import type { System } from "./domain/system/index.ts";
import { watchEvents } from "./domain/telemetry/index.ts";
import { TOPICS } from "./methods/registry.gen.ts";
import type { Clock } from "./platform/clock.ts";
import type { EventLoopMonitor } from "./platform/event-loop.ts";
import type { WebAnswer, WebRequest } from "./transport/control-ui/index.ts";

const PLUGIN = "diagnostics-prometheus";
const ROUTE = "/api/diagnostics/prometheus";

/** What this gateway tells a monitoring system, when the configuration asks for it. */
export interface Exporters {
  watch(dispatcher: Dispatcher): Dispatcher;
  /** Answers a scrape; undefined where the request is none of its business. */
  handle(request: WebRequest): Promise<WebAnswer | undefined>;
  close(): void;
}

export interface ExporterParts {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly overhear: (event: string, listener: (payload: unknown) => void) => void;
  readonly eventLoop: EventLoopMonitor;
  readonly runs: Runs;
  readonly system: System;
  readonly isAuthorized: (bearer: string | undefined) => boolean;
}

/** Undefined, and nothing loaded, unless the exporter's plugin is switched on, as on the reference. */
export async function composeExporters(parts: ExporterParts): Promise<Exporters | undefined> {
  if (!isSwitchedOn(parts.config)) return undefined;
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
  // Switched off, diagnostics record nothing: the route is there and says nothing.
  const isRecording = section(parts.config.current(), "diagnostics")["enabled"] !== false;
  if (isRecording) watchEvents({ overhear: parts.overhear, telemetry: prometheus.telemetry, clock });
  return {
    watch: (dispatcher) =>
      isRecording
        ? observed(dispatcher, prometheus.telemetry, {
            clock,
            isKnown: (method) => Object.hasOwn(TOPICS, method),
          })
        : dispatcher,
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

function isSwitchedOn(config: ConfigSource): boolean {
  const plugins = section(config.current(), "plugins");
  const { allow, deny } = plugins;
  if (plugins["enabled"] === false) return false;
  if (Array.isArray(deny) && deny.includes(PLUGIN)) return false;
  if (Array.isArray(allow) && !allow.includes(PLUGIN)) return false;
  const entry = section(plugins, "entries")[PLUGIN];
  return isRecord(entry) && entry["enabled"] === true;
}

function bearerOf(request: WebRequest): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(request.headers["authorization"] ?? "")?.[1]?.trim();
}

function plain(status: number, body: string): WebAnswer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
