import { POLICY } from "../../../schemas/policy.ts";

export type Signal = "traces" | "metrics" | "logs";
type Environment = Readonly<Record<string, string | undefined>>;
type Section = Readonly<Record<string, unknown>>;

export interface Route {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly isCompressed: boolean;
}

export interface OtlpSettings {
  readonly serviceName: string;
  readonly routes: Readonly<Partial<Record<Signal, Route>>>;
  /** Log records as lines of JSON on the standard output. */
  readonly printsLogs: boolean;
  readonly metricPrefix: string;
  readonly sampler: SamplerSettings;
  readonly metricIntervalMs: number;
  readonly batchDelayMs: number;
  readonly batchMax: number;
  readonly queueMax: number;
  readonly capturesContent: boolean;
  /** Spans of model calls in the shape of the newest conventions. */
  readonly usesLatestNames: boolean;
  readonly resource: Readonly<Record<string, string>>;
  readonly detectors: ReadonlySet<string>;
  /** What of all this could not be honoured. */
  readonly warnings: readonly string[];
}

export interface SamplerSettings {
  /** Share of the traces that are kept, 0 to 1. */
  readonly ratio: number;
  /** Whether a trace that somebody else began is kept or dropped as they decided. */
  readonly followsParent: boolean;
}

const PROTOCOL = "http/protobuf";
const DEFAULT_ENDPOINT = "http://localhost:4318";
const SIGNAL_PATH = /\/v1\/(?:traces|metrics|logs)$/;
const DETECTORS = ["env", "process", "host"] as const;

/** The reference's keys first, then the environment variables that every OpenTelemetry SDK reads. */
export function readOtlpSettings(otel: Section, env: Environment): OtlpSettings | undefined {
  if (env["OTEL_SDK_DISABLED"]?.trim().toLowerCase() === "true") return undefined;
  const warnings: string[] = [];
  const route = (signal: Signal): Route | undefined => {
    const protocol = wanted(
      otel["protocol"],
      env,
      `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_PROTOCOL`,
      "OTEL_EXPORTER_OTLP_PROTOCOL",
    );
    if (protocol !== undefined && protocol !== PROTOCOL) {
      warnings.push(`${signal} are not exported: the protocol ${protocol} is not ${PROTOCOL}`);
      return undefined;
    }
    return routeOf(signal, otel, env);
  };
  const logsTo = otel["logs"] === true ? (text(otel["logsExporter"]) ?? "otlp") : undefined;
  const routes: Partial<Record<Signal, Route>> = {};
  const asked: Readonly<Record<Signal, boolean>> = {
    traces: otel["traces"] !== false,
    metrics: otel["metrics"] !== false,
    logs: logsTo === "otlp" || logsTo === "both",
  };
  for (const signal of ["traces", "metrics", "logs"] as const) {
    const found = asked[signal] ? route(signal) : undefined;
    if (found !== undefined) routes[signal] = found;
  }
  const queueMax = Math.min(
    positive(env["OTEL_BSP_MAX_QUEUE_SIZE"], POLICY.telemetryQueueMax),
    POLICY.telemetryQueueMax,
  );
  const interval = typeof otel["flushIntervalMs"] === "number" ? otel["flushIntervalMs"] : undefined;
  return {
    serviceName: text(otel["serviceName"]) ?? text(env["OTEL_SERVICE_NAME"]) ?? "openclaw",
    routes,
    printsLogs: logsTo === "stdout" || logsTo === "both",
    metricPrefix: typeof otel["metricNamePrefix"] === "string" ? otel["metricNamePrefix"] : "openclaw.",
    sampler: samplerOf(otel["sampleRate"], env),
    metricIntervalMs: Math.max(
      POLICY.telemetryIntervalMsMin,
      interval ?? positive(env["OTEL_METRIC_EXPORT_INTERVAL"], 60_000),
    ),
    batchDelayMs: positive(env["OTEL_BSP_SCHEDULE_DELAY"], 5_000),
    batchMax: Math.min(positive(env["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"], 512), queueMax),
    queueMax,
    capturesContent: otel["captureContent"] === true,
    usesLatestNames: list(env["OTEL_SEMCONV_STABILITY_OPT_IN"]).includes("gen_ai_latest_experimental"),
    resource: pairs(env["OTEL_RESOURCE_ATTRIBUTES"]),
    detectors: detectorsOf(env["OTEL_NODE_RESOURCE_DETECTORS"]),
    warnings,
  };
}

function routeOf(signal: Signal, otel: Section, env: Environment): Route {
  const name = signal.toUpperCase();
  const exact = text(otel[`${signal}Endpoint`]) ?? text(env[`OTEL_EXPORTER_OTLP_${name}_ENDPOINT`]);
  const shared = text(otel["endpoint"]) ?? text(env["OTEL_EXPORTER_OTLP_ENDPOINT"]) ?? DEFAULT_ENDPOINT;
  return {
    url: exact ?? joined(shared, signal),
    headers: {
      ...pairs(env["OTEL_EXPORTER_OTLP_HEADERS"]),
      ...pairs(env[`OTEL_EXPORTER_OTLP_${name}_HEADERS`]),
      ...texts(otel["headers"]),
    },
    timeoutMs: Math.min(
      positive(
        env[`OTEL_EXPORTER_OTLP_${name}_TIMEOUT`] ?? env["OTEL_EXPORTER_OTLP_TIMEOUT"],
        POLICY.telemetryTimeoutMs,
      ),
      POLICY.telemetryTimeoutMsMax,
    ),
    isCompressed:
      wanted(undefined, env, `OTEL_EXPORTER_OTLP_${name}_COMPRESSION`, "OTEL_EXPORTER_OTLP_COMPRESSION") ===
      "gzip",
  };
}

/** A shared address is a base; one that already ends like a signal is turned into this signal's. */
function joined(endpoint: string, signal: Signal): string {
  const [address = "", query] = endpoint.split("?", 2);
  const base = address.replace(/\/+$/, "").replace(SIGNAL_PATH, "");
  return `${base}/v1/${signal}${query === undefined ? "" : `?${query}`}`;
}

function samplerOf(rate: unknown, env: Environment): SamplerSettings {
  if (typeof rate === "number") return { ratio: Math.min(1, Math.max(0, rate)), followsParent: true };
  const name = env["OTEL_TRACES_SAMPLER"]?.trim().toLowerCase() ?? "";
  const argument = Number(env["OTEL_TRACES_SAMPLER_ARG"] ?? "1");
  const ratio = argument >= 0 && argument <= 1 ? argument : 1;
  const followsParent = name === "" || name.startsWith("parentbased_");
  if (name.endsWith("always_off")) return { ratio: 0, followsParent };
  return { ratio: name.endsWith("traceidratio") ? ratio : 1, followsParent };
}

function detectorsOf(chosen: string | undefined): ReadonlySet<string> {
  const names = list(chosen);
  if (names.length === 0 || names.includes("all")) return new Set(DETECTORS);
  return new Set(names.includes("none") ? [] : names);
}

function wanted(configured: unknown, env: Environment, ...names: readonly string[]): string | undefined {
  return text(configured) ?? names.map((name) => text(env[name])).find((found) => found !== undefined);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function texts(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

/** `name=value,other=value`, percent-encoded, as the environment variables have it. */
function pairs(value: string | undefined): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of (value ?? "").split(",")) {
    const at = part.indexOf("=");
    if (at <= 0) continue;
    const [name, held] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    try {
      found[name] = decodeURIComponent(held);
    } catch {
      found[name] = held;
    }
  }
  return found;
}

function list(value: string | undefined): readonly string[] {
  return (value ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function positive(value: string | undefined, otherwise: number): number {
  const number = Number(value);
  return Number.isFinite(number) && number > 0 ? number : otherwise;
}
