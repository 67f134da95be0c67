import type { Check } from "../compare/verdict.ts";
import type { Expectations } from "../score/expected.ts";

export interface MethodReport {
  readonly method: string;
  readonly same: number;
  /** Different, and nobody said why. */
  readonly different: readonly Check[];
  /** Different, with a reason in the committed list. */
  readonly expected: number;
  /** Asked, and the reference answered in two ways. */
  readonly unsteady: number;
  /** There was no gateway to ask. */
  readonly notRun: readonly Check[];
}

export interface DifferReport {
  readonly methods: readonly MethodReport[];
  readonly totals: {
    readonly same: number;
    readonly different: number;
    readonly expected: number;
    readonly unsteady: number;
    readonly notRun: number;
  };
  /** Patterns of the list that excuse nothing any more; only of methods that were asked. */
  readonly stale: readonly string[];
}

/** What came out, method by method. */
export function reportOf(checks: readonly Check[], expectations: Expectations): DifferReport {
  const groups = Map.groupBy(checks, ({ method }) => method);
  const methods = [...groups].map(([method, list]) => reportOfMethod(method, list, expectations));
  const sum = (count: (one: MethodReport) => number): number =>
    methods.reduce((total, one) => total + count(one), 0);
  const asked = new Set(checks.map(({ id }) => questionOf(id)));
  return {
    methods,
    totals: {
      same: sum(({ same }) => same),
      different: sum(({ different }) => different.length),
      expected: sum(({ expected }) => expected),
      unsteady: sum(({ unsteady }) => unsteady),
      notRun: sum(({ notRun }) => notRun.length),
    },
    stale: expectations.stale().filter((pattern) => asked.has(questionOf(pattern))),
  };
}

/** `differ/cron:cron.list` of `differ/cron:cron.list+few:answer`: whether a method was asked, whatever it was asked. */
const questionOf = (id: string): string => /^[^:]*:[^:+]*/.exec(id)?.[0] ?? id;

function reportOfMethod(method: string, checks: readonly Check[], expectations: Expectations): MethodReport {
  const gaps = checks.filter(({ verdict }) => verdict === "harness-gap");
  const failed = checks.filter(({ verdict }) => verdict === "fail");
  const different = failed.filter(({ id }) => expectations.find(id) === undefined);
  return {
    method,
    same: checks.filter(({ verdict }) => verdict === "pass").length,
    different,
    expected: failed.length - different.length,
    unsteady: gaps.filter(({ kind }) => kind !== "run").length,
    notRun: gaps.filter(({ kind }) => kind === "run"),
  };
}

/** `same 12, different 1` */
export function lineOf({ method, same, different, expected, unsteady }: MethodReport): string {
  const parts = [
    `same ${same}`,
    ...(different.length > 0 ? [`different ${different.length}`] : []),
    ...(expected > 0 ? [`as expected ${expected}`] : []),
    ...(unsteady > 0 ? [`unsteady ${unsteady}`] : []),
  ];
  return `${different.length > 0 ? "DIFFERENT" : "same     "}  ${method}: ${parts.join(", ")}`;
}
