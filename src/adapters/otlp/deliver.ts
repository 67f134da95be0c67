import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { POLICY } from "../../../schemas/policy.ts";
import { type Clock, pause } from "../../platform/clock.ts";
import type { Route } from "./settings.ts";

export type Delivered = "ok" | "refused" | "unreachable";

const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Sends one request, again while the receiver asks for patience, and never throws. */
export async function deliver(
  route: Route,
  body: Buffer,
  options: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Delivered> {
  const packed = route.isCompressed ? await promisify(gzip)(body) : body;
  let delayMs: number = POLICY.telemetryRetryMs;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await once(route, packed, options.signal);
    if (outcome === "ok" || outcome === "refused") return outcome;
    if (attempt >= POLICY.telemetryAttemptsMax || options.signal.aborted) return outcome.last;
    await pause(
      options.clock,
      Math.min(outcome.waitMs ?? delayMs, POLICY.telemetryRetryMsMax),
      options.signal,
    );
    delayMs = Math.min(delayMs * 2, POLICY.telemetryRetryMsMax);
  }
}

interface Again {
  readonly last: Delivered;
  readonly waitMs?: number;
}

async function once(route: Route, body: Buffer, signal: AbortSignal): Promise<"ok" | "refused" | Again> {
  try {
    const response = await fetch(route.url, {
      method: "POST",
      headers: {
        ...route.headers,
        "content-type": "application/x-protobuf",
        ...(route.isCompressed ? { "content-encoding": "gzip" } : {}),
      },
      body: new Uint8Array(body),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(route.timeoutMs)]),
    });
    await response.body?.cancel();
    if (response.ok) return "ok";
    if (!RETRYABLE.has(response.status)) return "refused";
    const seconds = Number(response.headers.get("retry-after"));
    return { last: "refused", ...(seconds > 0 ? { waitMs: seconds * 1_000 } : {}) };
  } catch {
    return { last: "unreachable" };
  }
}
