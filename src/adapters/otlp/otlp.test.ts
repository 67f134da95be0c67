import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";
import { createBatches } from "./batches.ts";
import { encodeMetrics, encodeSpans } from "./encode.ts";
import { toLogRecord } from "./logs.ts";
import { createMeter } from "./meter.ts";
import { readOtlpSettings } from "./settings.ts";
import { createTracer, readTraceparent } from "./tracer.ts";

const ON = { plugins: { entries: { "diagnostics-otel": { enabled: true } } } };

interface Receiver extends AsyncDisposable {
  readonly endpoint: string;
  /** Everything that was posted to a path, as text in which names can be looked for. */
  said(path: string): string;
  readonly headers: Record<string, unknown>[];
}

async function openReceiver(status = 200): Promise<Receiver> {
  const posts: { path: string; body: Buffer }[] = [];
  const headers: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces);
      const isPacked = request.headers["content-encoding"] === "gzip";
      posts.push({ path: request.url ?? "", body: isPacked ? gunzipSync(body) : body });
      headers.push(request.headers);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    headers,
    said: (path) =>
      posts.flatMap((post) => (post.path === path ? post.body.toString("latin1") : [])).join("\n"),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function turn(otel: Record<string, unknown>, config: Record<string, unknown> = ON): Promise<void> {
  await using gateway = await openTestGateway({ config: { ...config, diagnostics: { otel } } });
  await using client = await gateway.connect();
  await client.call("health", {});
  await client.call("sessions.messages.subscribe", { key: "agent:main:watched" });
  await client.call("agent", {
    message: "a secret question",
    sessionKey: "agent:main:watched",
    idempotencyKey: "k1",
  });
  await client.call("agent.wait", { runId: "k1", timeoutMs: 5_000 });
}

test("[OT1] a turn arrives as spans and metrics under the reference's names, and no text or key with it", async () => {
  await using receiver = await openReceiver();
  await turn({
    enabled: true,
    endpoint: receiver.endpoint,
    serviceName: "mine",
    headers: { "x-tenant": "one" },
  });
  const spans = receiver.said("/v1/traces");
  for (const name of [
    "openclaw.run",
    "openclaw.harness.run",
    "openclaw.model.call",
    "openclaw.gateway.rpc.response",
  ]) {
    expect(spans).toContain(name);
  }
  const metrics = receiver.said("/v1/metrics");
  for (const name of [
    "openclaw.gateway.rpc.requests",
    "openclaw.run.duration_ms",
    "openclaw.memory.rss_bytes",
  ]) {
    expect(metrics).toContain(name);
  }
  expect(spans + metrics).toContain("mine");
  expect(spans + metrics).not.toContain("secret question");
  expect(spans + metrics).not.toContain("agent:main:watched");
  expect(receiver.headers[0]).toMatchObject({ "content-type": "application/x-protobuf", "x-tenant": "one" });
  expect(receiver.said("/v1/logs")).toBe("");
});

test("[OT2] without the plugin, its switch or an enabled SDK nothing is sent", async () => {
  await using receiver = await openReceiver();
  const { endpoint } = receiver;
  await turn({ enabled: true, endpoint }, {});
  await turn({ enabled: false, endpoint });
  await turn({ enabled: true, endpoint }, { plugins: { ...ON.plugins, deny: ["diagnostics-otel"] } });
  expect(receiver.headers).toEqual([]);
  expect(readOtlpSettings({ enabled: true }, { OTEL_SDK_DISABLED: "TRUE" })).toBeUndefined();
});

test("[OT3] a receiver that is away or refuses harms no turn and no end", async () => {
  await turn({ enabled: true, endpoint: "http://127.0.0.1:1" });
  await using receiver = await openReceiver(400);
  await turn({ enabled: true, endpoint: receiver.endpoint });
  expect(receiver.headers.length).toBeGreaterThan(0);
});

test("[OT4] a run goes on in the trace that its request belongs to", async () => {
  await using receiver = await openReceiver();
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  {
    const diagnostics = {
      otel: { enabled: true, endpoint: receiver.endpoint, metrics: false, sampleRate: 0 },
    };
    await using gateway = await openTestGateway({ config: { ...ON, diagnostics } });
    await using client = await gateway.connect();
    const params = { message: "hi", sessionKey: "agent:main:traced", idempotencyKey: "t1" };
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    client.sendRaw(JSON.stringify({ type: "req", id: "t", method: "agent", params, traceparent }));
    await client.response("t");
    await client.call("agent.wait", { runId: "t1", timeoutMs: 5_000 });
  }
  const spans = receiver.said("/v1/traces");
  expect(spans).toContain("openclaw.run");
  expect(spans).toContain("openclaw.model.call");
  // What nobody asked to keep was dropped, so each span is of this trace.
  const traces = [...spans.matchAll(/\n\x10([\s\S]{16})\x12\x08/g)].map(([, id = ""]) => id);
  expect([...new Set(traces)].map((id) => Buffer.from(id, "latin1").toString("hex"))).toEqual([traceId]);
  expect(receiver.said("/v1/metrics")).toBe("");
});

test.for([
  ["http://c:4318", "http://c:4318/v1/metrics"],
  ["http://c:4318/otlp/", "http://c:4318/otlp/v1/metrics"],
  ["http://c:4318/x/v1/traces", "http://c:4318/x/v1/metrics"],
])("[OT5] the base %s becomes %s", ([endpoint, url]) => {
  expect(readOtlpSettings({ endpoint }, {})?.routes.metrics?.url).toBe(url);
});

test("[OT6] keys beat the environment, the signal beats the shared, and an unknown protocol stops only its signal", () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://env:1",
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://env:2/exact",
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "grpc",
    OTEL_EXPORTER_OTLP_HEADERS: "a=1,b=two%20words",
    OTEL_SERVICE_NAME: "named",
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0.25",
  };
  const settings = readOtlpSettings({ logs: true, logsExporter: "both", headers: { a: "mine" } }, env);
  expect(settings?.routes.traces?.url).toBe("http://env:2/exact");
  expect(settings?.routes.logs?.url).toBe("http://env:1/v1/logs");
  expect(settings?.routes.metrics).toBeUndefined();
  expect(settings?.warnings).toHaveLength(1);
  expect(settings?.routes.logs?.headers).toEqual({ a: "mine", b: "two words" });
  expect(settings).toMatchObject({
    serviceName: "named",
    printsLogs: true,
    sampler: { ratio: 0.25, followsParent: true },
  });
  const configured = readOtlpSettings(
    { protocol: "http/protobuf", sampleRate: 0.5, flushIntervalMs: 5 },
    env,
  );
  expect(configured?.routes.metrics).toBeDefined();
  expect(configured).toMatchObject({ sampler: { ratio: 0.5 }, metricIntervalMs: 1_000 });
  expect(readOtlpSettings({}, {})?.routes.traces?.url).toBe("http://localhost:4318/v1/traces");
});

test("[OT7] what is said in a log leaves only when it was asked for", () => {
  const line = JSON.stringify({
    time: "2026-11-20T10:00:00.000+00:00",
    level: "warn",
    subsystem: "gateway/ws",
    connId: "c-1",
    durationMs: 12,
    message: "a secret",
  });
  const record = toLogRecord(line, false);
  expect(record).toMatchObject({ severity: 13, severityText: "WARN", body: undefined });
  expect(record.attributes).toEqual({ "openclaw.logger": "gateway/ws", "openclaw.log.durationMs": 12 });
  expect(toLogRecord(line, true).body).toBe("a secret");
});

test("[OT8] a queue that is full refuses what is new, and a batch at a time is sent", async () => {
  const clock = { now: () => 0, elapsed: () => 0, after: idle, every: idle };
  const sent: number[][] = [];
  const first = Promise.withResolvers<void>();
  const batches = createBatches<number>({
    clock,
    delayMs: 1,
    batchMax: 2,
    queueMax: 3,
    async send(items) {
      sent.push([...items]);
      await first.promise;
    },
  });
  for (let item = 1; item <= 7; item += 1) batches.add(item);
  expect([sent, batches.droppedCount]).toEqual([[[1, 2]], 2]);
  first.resolve();
  await batches.flush();
  expect(sent).toEqual([[1, 2], [3, 4], [5]]);
});

test("[OT9] the prefix is changed on the metrics of the gateway and on no other; buckets are cumulative state", () => {
  const meter = createMeter("acme.");
  meter.count("openclaw.tokens", "1", {}, 3);
  meter.count("openclaw.tokens", "1", {}, 4);
  meter.record("gen_ai.client.token.usage", "{token}", {}, 5);
  const [tokens, usage] = meter.collect();
  expect(tokens).toMatchObject({ name: "acme.tokens", points: [{ sum: 7 }] });
  expect(usage).toMatchObject({
    name: "gen_ai.client.token.usage",
    points: [{ sum: 5, count: 1, min: 5, max: 5 }],
  });
  expect(usage?.points[0]?.buckets.slice(0, 3)).toEqual([0, 0, 1]);
});

test("[OT10] spans and metrics are encoded as the OTLP definitions say", () => {
  const origin = { resource: { "service.name": "s" }, scope: { name: "openclaw", version: "1" } };
  const span = {
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    spanId: "00f067aa0ba902b7",
    name: "n",
    kind: "internal",
    startMs: 1,
    endMs: 2,
    attributes: { n: -1, d: 0.5, b: true },
    isError: true,
  } as const;
  expect(encodeSpans(origin, [span]).toString("hex")).toBe(SPAN_BYTES);
  const point = { attributes: {}, sum: 5, count: 1, buckets: [1, 0], min: 5, max: 5 };
  const metric = { name: "m", unit: "ms", kind: "histogram", points: [point], bounds: [10] } as const;
  expect(encodeMetrics(origin, [metric], { startMs: 1, nowMs: 2 }).toString("hex")).toBe(METRIC_BYTES);
});

test("[OT11] a traceparent that means nothing begins a trace of its own", () => {
  for (const bad of [undefined, "bogus", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"]) {
    expect(readTraceparent(bad)).toBeUndefined();
  }
  const taken: unknown[] = [];
  const tracer = createTracer({
    clock: { now: () => 10 },
    ids: { token: (bytes) => Buffer.alloc(bytes, 0xff).toString("base64url") },
    sampler: { ratio: 0.5, followsParent: true },
    take: (span) => taken.push(span),
  });
  const place = tracer.place();
  expect(place.isSampled).toBe(false);
  tracer.end(place, { name: "n", seconds: 1, attributes: {} });
  expect(taken).toEqual([]);
  expect(tracer.place("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").isSampled).toBe(true);
});

const idle = () => ({ cancel: () => {} });
/** As the serializer of the OpenTelemetry SDK writes them, but for members that are zero. */
const SPAN_BYTES =
  "0a8c010a150a130a0c736572766963652e6e616d6512030a017312730a0d0a086f70656e636c617712013112620a104b" +
  "f92f3577b34da6a3ce929d0e0e4736120800f067aa0ba902b72a016e30013940420f00000000004180841e0000000000" +
  "4a100a016e120b18ffffffffffffffffff014a0e0a0164120921000000000000e03f4a070a0162120210017a021802";
const METRIC_BYTES =
  "0a89010a150a130a0c736572766963652e6e616d6512030a017312700a0d0a086f70656e636c6177120131125f0a016d" +
  "1a026d734a560a521140420f00000000001980841e000000000021010000000000000029000000000000144032100100" +
  "00000000000000000000000000003a0800000000000024405900000000000014406100000000000014401002";
