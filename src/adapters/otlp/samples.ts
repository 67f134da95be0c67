import { PerformanceObserver } from "node:perf_hooks";
import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Meter } from "./meter.ts";

/** What is read from time to time. */
export interface Readings {
  eventLoop(): { readonly delayMaxMs: number; readonly intervalMs: number };
  /** Runs under way. */
  activeRuns(): number;
}

/** How the process itself is doing, for as long as it is asked. */
export function sampleProcess(meter: Meter, readings: Readings, clock: Clock): { stop(): void } {
  const collections = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) meter.record("openclaw.gc.duration_ms", "ms", {}, duration);
  });
  collections.observe({ entryTypes: ["gc"] });
  const windows = clock.every(POLICY.telemetryWindowMs, () => {
    const { delayMaxMs, intervalMs } = readings.eventLoop();
    meter.record("openclaw.gateway.event_loop.delay_max_ms", "ms", {}, delayMaxMs);
    meter.count("openclaw.gateway.event_loop.observed_ms", "ms", {}, intervalMs);
  });
  const sample = (): void => {
    const { rss, heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage();
    const kinds = {
      rss_bytes: rss,
      heap_used_bytes: heapUsed,
      heap_total_bytes: heapTotal,
      external_bytes: external,
      array_buffers_bytes: arrayBuffers,
    };
    for (const [kind, bytes] of Object.entries(kinds)) {
      meter.record(`openclaw.memory.${kind}`, "By", {}, bytes);
    }
    const heartbeat = { "openclaw.channel": "heartbeat" };
    meter.record("openclaw.queue.depth", "1", heartbeat, readings.activeRuns());
  };
  sample();
  const samples = clock.every(POLICY.stabilitySampleMs, sample);
  return {
    stop() {
      collections.disconnect();
      windows.cancel();
      samples.cancel();
    },
  };
}
