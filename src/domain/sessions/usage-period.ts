import { invalidRequest } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import type { UsageQuery } from "./usage.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = { "7d": 7, "30d": 30, "90d": 90, "1y": 365, all: 365 * 20 } as const;
const DAYS_MAX = 365 * 20;

export interface Period {
  readonly startDate: string;
  readonly endDate: string;
  readonly from: number;
  readonly until: number;
}

/** Whole days. Dates that are named go before a number of days, and that before a range. */
export function periodOf(query: UsageQuery, now: number): Period {
  const endDate = query.endDate ?? isoTime(now).slice(0, 10);
  const until = dayStart("endDate", endDate) + DAY_MS;
  const days = query.days === undefined ? DAYS[query.range ?? "30d"] : Math.min(query.days, DAYS_MAX);
  const startDate = query.startDate ?? isoTime(until - days * DAY_MS).slice(0, 10);
  const from = dayStart("startDate", startDate);
  if (from >= until) throw invalidRequest("startDate must not be after endDate");
  return { startDate, endDate, from, until };
}

export function datesOf({ from, until }: Period): string[] {
  const days = Math.min(Math.round((until - from) / DAY_MS), DAYS_MAX);
  return Array.from({ length: days }, (_, index) => isoTime(from + index * DAY_MS).slice(0, 10));
}

/** The contract checks how a date is written; whether there is such a day is checked here. */
function dayStart(name: string, date: string): number {
  const start = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(start) || isoTime(start).slice(0, 10) !== date) {
    throw invalidRequest(`invalid ${name}: expected a valid YYYY-MM-DD calendar date`);
  }
  return start;
}
