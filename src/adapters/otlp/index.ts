import { POLICY } from "../../../schemas/policy.ts";
import type { CallHints, Telemetry } from "../../domain/telemetry/index.ts";
import { together } from "../../domain/telemetry/index.ts";
import { type Clock, pause } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Log } from "../../platform/log.ts";
import { createBatches } from "./batches.ts";
import { type Delivered, deliver } from "./deliver.ts";
import { encodeLogs, encodeMetrics, encodeSpans, type LogRecord, type Span } from "./encode.ts";
import { measure } from "./figures.ts";
import { toLogLine, toLogRecord } from "./logs.ts";
import { createMeter } from "./meter.ts";
import { createRecentMap } from "./recent.ts";
import { describeResource } from "./resource.ts";
import { type Readings, sampleProcess } from "./samples.ts";
import type { OtlpSettings, Signal } from "./settings.ts";
import { type RunPlaces, trace } from "./spans.ts";
import { createTracer } from "./tracer.ts";

export { readOtlpSettings } from "./settings.ts";

export interface Otlp {
  readonly telemetry: Telemetry;
  /** A line of the log file. */
  logged(line: string): void;
  /** Sends what is there, within its bound, and stops. */
  close(): Promise<void>;
}

const EXPORTER = "diagnostics-otel";

/** Pushes spans, metrics and records as OTLP over HTTP. A receiver that is away costs what is queued, no more. */
export function openOtlp(options: {
  readonly settings: OtlpSettings;
  readonly version: string;
  readonly readings: Readings;
  /** The kind of interface of a provider, as the configuration names it. */
  readonly apiOf: (provider: string) => string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly print: (line: string) => void;
}): Otlp {
  const { settings, clock, log } = options;
  const origin = {
    resource: describeResource(settings, options.version),
    scope: { name: "openclaw", version: options.version },
  };
  const meter = createMeter(settings.metricPrefix);
  const ending = new AbortController();
  const health = new Map<Signal, Delivered>();
  const startedMs = clock.now();

  /** Only a change is worth a line: a receiver may be away for days. */
  function note(signal: Signal, outcome: Delivered): void {
    const before = health.get(signal) ?? "ok";
    health.set(signal, outcome);
    if (outcome === before) return;
    const status = outcome === "ok" ? "recovered" : "failure";
    const attributes = {
      "openclaw.exporter": EXPORTER,
      "openclaw.signal": signal,
      "openclaw.status": status,
    };
    meter.count("openclaw.telemetry.exporter.events", "1", attributes);
    log.warn({ subsystem: EXPORTER, signal, outcome }, `export of ${signal}: ${status}`);
  }
  async function send(signal: Signal, encode: () => Buffer): Promise<void> {
    const route = settings.routes[signal];
    if (route === undefined) return;
    note(signal, await deliver(route, encode(), { clock, signal: ending.signal }));
  }

  const lists = {
    clock,
    delayMs: settings.batchDelayMs,
    batchMax: settings.batchMax,
    queueMax: settings.queueMax,
  };
  const spans = createBatches<Span>({
    ...lists,
    send: (items) => send("traces", () => encodeSpans(origin, items)),
  });
  const records = createBatches<LogRecord>({
    ...lists,
    send: (items) => send("logs", () => encodeLogs(origin, items)),
  });
  let exporting: Promise<void> | undefined;
  const exportMetrics = (): Promise<void> => {
    exporting ??= send("metrics", () =>
      encodeMetrics(origin, meter.collect(), { startMs: startedMs, nowMs: clock.now() }),
    ).finally(() => {
      exporting = undefined;
    });
    return exporting;
  };

  const calls = createRecentMap<CallHints>();
  const hintsOf = (runId: string): CallHints | undefined => calls.get(runId);
  /** Only what came in as a message of a chat went through a channel. */
  const channelOf = (runId: string): string => (hintsOf(runId)?.method === "chat.send" ? "webchat" : "none");
  const facts = { apiOf: options.apiOf, channelOf, hintsOf };
  const listeners: Telemetry[] = [];
  const stops: (() => void)[] = [() => spans.stop(), () => records.stop()];
  if (settings.routes.metrics !== undefined) {
    listeners.push(measure(meter, facts));
    const timer = clock.every(settings.metricIntervalMs, () => void exportMetrics());
    const samples = sampleProcess(meter, options.readings, clock);
    stops.push(
      () => timer.cancel(),
      () => samples.stop(),
    );
  }
  if (settings.routes.traces !== undefined) {
    const { sampler, usesLatestNames } = settings;
    const tracer = createTracer({ clock, ids: options.ids, sampler, take: (span) => spans.add(span) });
    listeners.push(trace(tracer, { ...facts, places: createRecentMap<RunPlaces>(), usesLatestNames }));
  }
  const heard = together(listeners);
  for (const warning of settings.warnings) log.warn({ subsystem: EXPORTER }, warning);

  return {
    telemetry: {
      ...heard,
      rpcReceived(method, hints) {
        if (hints.runId !== undefined) calls.set(hints.runId, hints);
        heard.rpcReceived(method, hints);
      },
    },
    logged(line) {
      if (settings.routes.logs === undefined && !settings.printsLogs) return;
      const record = toLogRecord(line, settings.capturesContent);
      // What the exporter says about itself would call for an export of its own, for ever.
      if (record.attributes["openclaw.logger"] === EXPORTER) return;
      if (settings.printsLogs) options.print(toLogLine(record, settings.serviceName));
      if (settings.routes.logs !== undefined) records.add(record);
    },
    async close() {
      for (const stop of stops) stop();
      const all = Promise.all([spans.flush(), records.flush(), settings.routes.metrics && exportMetrics()]);
      await Promise.race([all, pause(clock, POLICY.telemetryFlushMs)]);
      ending.abort();
    },
  };
}
