/** What the schedules need of a library for cron expressions. */
export interface CronTimes {
  /** What is wrong with an expression or its zone, in the library's words; undefined when nothing is. */
  problem(expression: string, zone: string | undefined): string | undefined;
  /** The first moment after this one that the expression names; undefined when there is none. */
  next(expression: string, zone: string | undefined, afterMs: number): number | undefined;
}
