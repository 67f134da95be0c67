import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Attributes, Span } from "./encode.ts";
import type { SamplerSettings } from "./settings.ts";

/** Where in a trace something happens. */
export interface Place {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

export interface Tracer {
  /** A place below another one, below what a peer sent along, or at the top of a trace of its own. */
  place(parent?: Place | string): Place;
  /** What happened there, told when it is over. */
  end(place: Place, span: EndedSpan): void;
}

export interface EndedSpan {
  readonly name: string;
  readonly kind?: Span["kind"];
  readonly seconds: number;
  readonly attributes: Attributes;
  readonly isError?: boolean;
  readonly parent?: Place | string | undefined;
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** What a peer says about the trace that its request belongs to; undefined where it says nothing that can be used. */
export function readTraceparent(value: string | undefined): Place | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(value?.trim() ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function createTracer(options: {
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "token">;
  readonly sampler: SamplerSettings;
  readonly take: (span: Span) => void;
}): Tracer {
  const { sampler, clock } = options;
  const id = (bytes: number): string => Buffer.from(options.ids.token(bytes), "base64url").toString("hex");
  const isKept = (traceId: string): boolean =>
    Number.parseInt(traceId.slice(-8), 16) / 2 ** 32 < sampler.ratio;
  const above = (parent: Place | string | undefined): Place | undefined =>
    typeof parent === "string" ? readTraceparent(parent) : parent;

  return {
    place(given) {
      const parent = above(given);
      const traceId = parent?.traceId ?? id(16);
      const isDecided = parent !== undefined && (typeof given !== "string" || sampler.followsParent);
      return { traceId, spanId: id(8), isSampled: isDecided ? parent.isSampled : isKept(traceId) };
    },
    end(place, { name, kind = "internal", seconds, attributes, isError = false, parent }) {
      if (!place.isSampled) return;
      const endMs = clock.now();
      const parentSpanId = above(parent)?.spanId;
      options.take({
        traceId: place.traceId,
        spanId: place.spanId,
        ...(parentSpanId === undefined ? {} : { parentSpanId }),
        name,
        kind,
        startMs: endMs - seconds * 1_000,
        endMs,
        attributes,
        isError,
      });
    },
  };
}
