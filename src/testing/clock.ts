import type { Clock, Timer } from "../platform/clock.ts";

interface Scheduled {
  readonly order: number;
  at: number;
  readonly everyMs: number | undefined;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. Timers fire in order, each at its own time. */
export interface TestClock extends Clock {
  /** Moves time and fires what comes due on the way. */
  advance(durationMs: number): void;
  /** Timers that are set. */
  readonly pending: number;
}

export function createTestClock(startAt = 1_700_000_000_000): TestClock {
  let now = startAt;
  let nextOrder = 0;
  const scheduled = new Set<Scheduled>();

  function schedule(delayMs: number, callback: () => void, everyMs?: number): Timer {
    nextOrder += 1;
    const entry: Scheduled = { order: nextOrder, at: now + delayMs, everyMs, callback };
    scheduled.add(entry);
    return { cancel: () => void scheduled.delete(entry) };
  }

  function nextDue(until: number): Scheduled | undefined {
    let first: Scheduled | undefined;
    for (const entry of scheduled) {
      if (entry.at > until) continue;
      if (
        first === undefined ||
        entry.at < first.at ||
        (entry.at === first.at && entry.order < first.order)
      ) {
        first = entry;
      }
    }
    return first;
  }

  return {
    now: () => now,
    elapsed: () => now - startAt,
    after: (delayMs, callback) => schedule(delayMs, callback),
    every: (intervalMs, callback) => schedule(intervalMs, callback, intervalMs),
    advance(durationMs) {
      const until = now + durationMs;
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        now = Math.max(now, due.at);
        if (due.everyMs === undefined) scheduled.delete(due);
        else due.at += due.everyMs;
        due.callback();
      }
      now = until;
    },
    get pending() {
      return scheduled.size;
    },
  };
}
