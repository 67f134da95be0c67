import { Cron } from "croner";
import type { CronTimes } from "../../domain/cron/times.ts";

/** Cron expressions over croner, which reads them as the reference does. */
export const cronerTimes: CronTimes = {
  problem(expression, zone) {
    try {
      occurrence(expression, zone, 0);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
  next: occurrence,
};

function occurrence(expression: string, zone: string | undefined, afterMs: number): number | undefined {
  const cron = new Cron(expression, { paused: true, ...(zone === undefined ? {} : { timezone: zone }) });
  return cron.nextRun(new Date(afterMs))?.getTime();
}
