/** A timer that can be called off. Cancelling twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time. Everything that waits takes a clock, so that a test can move it and a trace can be
 * replayed. Times are epoch milliseconds, durations are milliseconds.
 */
export interface Clock {
  now(): number;
  /** Monotonic milliseconds, for durations. */
  elapsed(): number;
  /** Calls back once. The timer does not keep the process alive. */
  after(delayMs: number, callback: () => void): Timer;
  /** Calls back again and again until cancelled. The timer does not keep the process alive. */
  every(intervalMs: number, callback: () => void): Timer;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, callback) {
    const handle = setTimeout(callback, delayMs).unref();
    return { cancel: () => clearTimeout(handle) };
  },
  every(intervalMs, callback) {
    const handle = setInterval(callback, intervalMs).unref();
    return { cancel: () => clearInterval(handle) };
  },
};

/** Resolves after the delay, or at once when the signal aborts. It never rejects. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (delayMs <= 0 || signal?.aborted) return Promise.resolve();
  const timer = clock.after(delayMs, resolve);
  signal?.addEventListener(
    "abort",
    () => {
      timer.cancel();
      resolve();
    },
    { once: true },
  );
  return promise;
}
