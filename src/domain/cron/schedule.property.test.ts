import fc from "fast-check";
import { expect, test } from "vitest";
import { cronerTimes } from "../../adapters/cron-times/croner.ts";
import type { Schedule } from "./job.ts";
import { nextRunAt } from "./schedule.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Zones that put their clocks forward and back, by an hour or by half of one, on either half of the globe. */
const ZONES = [
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Kathmandu",
];
const anyStart = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
/** A week in which a clock somewhere is put forward or back. */
const nearChange = fc
  .constantFrom(Date.UTC(2027, 2, 10), Date.UTC(2027, 2, 24), Date.UTC(2027, 3, 1), Date.UTC(2027, 9, 27))
  .chain((day) => fc.integer({ min: day, max: day + DAY_MS }));

function occurrences(schedule: Schedule, from: number, until: number): number[] {
  const job = { id: "a-job", schedule, createdAtMs: from };
  const found: number[] = [];
  for (let at = nextRunAt(job, from, cronerTimes); at !== undefined && at <= until; ) {
    found.push(at);
    at = nextRunAt(job, at, cronerTimes);
  }
  return found;
}

function localDay(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at);
}

test("[CR6] a daily job runs once on each day of its zone, also on those that lose or gain an hour", () => {
  const anyTime = fc.record({
    start: anyStart,
    zone: fc.constantFrom(...ZONES),
    minute: fc.integer({ min: 0, max: 59 }),
    hour: fc.integer({ min: 0, max: 23 }),
  });
  fc.assert(
    fc.property(anyTime, ({ start, zone, minute, hour }) => {
      const schedule: Schedule = { kind: "cron", expr: `${minute} ${hour} * * *`, tz: zone };
      const days = occurrences(schedule, start, start + 400 * DAY_MS).map((at) => localDay(at, zone));

      expect(new Set(days).size).toBe(days.length);
      expect(days.length).toBeGreaterThanOrEqual(399);
    }),
    { numRuns: 8 },
  );
});

test("[CR6] a job of every quarter of an hour runs each one of real time, and no moment twice", () => {
  fc.assert(
    fc.property(nearChange, fc.constantFrom(...ZONES), (start, zone) => {
      const schedule: Schedule = { kind: "cron", expr: "*/15 * * * *", tz: zone };
      const found = occurrences(schedule, start, start + 8 * DAY_MS);

      expect(found.length).toBe(8 * 24 * 4);
      expect(found.every((at) => at % (15 * 60_000) === 0)).toBe(true);
    }),
    { numRuns: 8 },
  );
});

test("[CR6] asked at any moment, the answer is the next occurrence and never an earlier one", () => {
  const anySchedule = fc.oneof(
    fc.record({
      kind: fc.constant("every" as const),
      everyMs: fc.integer({ min: 1, max: 7 * DAY_MS }),
      anchorMs: fc.integer({ min: 0, max: Date.UTC(2027, 0, 1) }),
    }),
    fc.record({
      kind: fc.constant("cron" as const),
      expr: fc.constantFrom("0 * * * *", "30 2 * * *", "15 1 * * 0", "0 0 1 * *", "*/7 * * * * *"),
      tz: fc.constantFrom(...ZONES),
      staggerMs: fc.constantFrom(0, 300_000),
    }),
  );
  fc.assert(
    fc.property(anySchedule, anyStart, fc.nat({ max: 1_000 }), (schedule, at, percent) => {
      const job = { id: "b-job", schedule, createdAtMs: 0 };
      const next = nextRunAt(job, at, cronerTimes);
      if (next === undefined) throw new Error("these schedules never end");
      const between = at + Math.floor(((next - at) * percent) / 1_001);

      expect(next).toBeGreaterThan(at);
      // Between now and the next run there is no other: whoever looks in between finds the same one.
      expect(nextRunAt(job, between, cronerTimes)).toBe(next);
    }),
  );
});
