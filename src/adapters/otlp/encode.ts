import {
  double,
  doubles,
  fixed64,
  fixed64s,
  flag,
  integer,
  message,
  nested,
  repeated,
  text,
} from "./protobuf.ts";

export type Attribute = string | number | boolean;
export type Attributes = Readonly<Record<string, Attribute>>;

/** Who exports: attributes of the process, and the name under which the figures are kept apart. */
export interface Origin {
  readonly resource: Attributes;
  readonly scope: { readonly name: string; readonly version: string };
}

export interface Span {
  /** Hexadecimal. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: "internal" | "client";
  /** Epoch milliseconds. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Attributes;
  readonly isError: boolean;
}

export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly kind: "counter" | "histogram";
  readonly points: readonly Point[];
  /** Upper bounds of the buckets of a histogram; one more bucket is above the last. */
  readonly bounds: readonly number[];
}

export interface Point {
  readonly attributes: Attributes;
  readonly sum: number;
  readonly count: number;
  readonly buckets: readonly number[];
  readonly min: number;
  readonly max: number;
}

export interface LogRecord {
  readonly timeMs: number;
  readonly severity: number;
  readonly severityText: string;
  readonly body: string | undefined;
  readonly attributes: Attributes;
}

const KIND = { internal: 1, client: 3 } as const;
const STATUS_ERROR = 2;
const CUMULATIVE = 2;
const NANOSECONDS = 1_000_000n;

export function encodeSpans(origin: Origin, spans: readonly Span[]): Buffer {
  return request(origin, repeated(2, spans, encodeSpan));
}

export function encodeMetrics(
  origin: Origin,
  metrics: readonly Metric[],
  window: { readonly startMs: number; readonly nowMs: number },
): Buffer {
  return request(
    origin,
    repeated(2, metrics, (metric) => {
      const points = (encode: (point: Point) => Buffer): Buffer => repeated(1, metric.points, encode);
      const frame = (point: Point): Buffer =>
        message(
          fixed64(2, nanoseconds(window.startMs)),
          fixed64(3, nanoseconds(window.nowMs)),
          encodePoint(metric, point),
        );
      const data =
        metric.kind === "counter"
          ? nested(7, message(points(frame), integer(2, CUMULATIVE), flag(3, true)))
          : nested(9, message(points(frame), integer(2, CUMULATIVE)));
      return message(text(1, metric.name), text(3, metric.unit), data);
    }),
  );
}

export function encodeLogs(origin: Origin, records: readonly LogRecord[]): Buffer {
  return request(
    origin,
    repeated(2, records, (record) =>
      message(
        fixed64(1, nanoseconds(record.timeMs)),
        integer(2, record.severity),
        text(3, record.severityText),
        record.body === undefined ? undefined : nested(5, value(record.body)),
        attributes(6, record.attributes),
        fixed64(11, nanoseconds(record.timeMs)),
      ),
    ),
  );
}

/** The frame is the same for every signal: one resource, one scope, and the records of it. */
function request(origin: Origin, records: Buffer): Buffer {
  const { resource, scope } = origin;
  const scoped = message(nested(1, message(text(1, scope.name), text(2, scope.version))), records);
  return message(nested(1, message(nested(1, attributes(1, resource)), nested(2, scoped))));
}

function encodeSpan(span: Span): Buffer {
  return message(
    nested(1, Buffer.from(span.traceId, "hex")),
    nested(2, Buffer.from(span.spanId, "hex")),
    span.parentSpanId === undefined ? undefined : nested(4, Buffer.from(span.parentSpanId, "hex")),
    text(5, span.name),
    integer(6, KIND[span.kind]),
    fixed64(7, nanoseconds(span.startMs)),
    fixed64(8, nanoseconds(span.endMs)),
    attributes(9, span.attributes),
    span.isError ? nested(15, message(integer(3, STATUS_ERROR))) : undefined,
  );
}

function encodePoint(metric: Metric, point: Point): Buffer {
  if (metric.kind === "counter") return message(double(4, point.sum), attributes(7, point.attributes));
  return message(
    fixed64(4, BigInt(point.count)),
    double(5, point.sum),
    nested(6, fixed64s(point.buckets.map(BigInt))),
    nested(7, doubles(metric.bounds)),
    attributes(9, point.attributes),
    double(11, point.min),
    double(12, point.max),
  );
}

function attributes(number: number, all: Attributes): Buffer {
  return repeated(number, Object.entries(all), ([name, held]) =>
    message(text(1, name), nested(2, value(held))),
  );
}

function value(held: Attribute): Buffer {
  if (typeof held === "string") return message(text(1, held));
  if (typeof held === "boolean") return flag(2, held);
  return message(Number.isSafeInteger(held) ? integer(3, held) : double(4, held));
}

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms * 1_000)) * (NANOSECONDS / 1_000n);
}
