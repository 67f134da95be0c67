import type { Row } from "./result.ts";
import { summarise } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/** Collects what was measured, per line and subject, and makes rows of it. */
export class Sheet {
  readonly #lines = new Map<string, { row: Omit<Row, "figures">; samples: Map<string, number[]> }>();

  /** What could not be measured, as the latency of calls that nobody answered, leaves no figure. */
  add(subject: Subject, line: Omit<Row, "figures">, ...given: readonly number[]): void {
    const values = given.filter((value) => Number.isFinite(value));
    const known = this.#lines.get(line.what) ?? { row: line, samples: new Map<string, number[]>() };
    this.#lines.set(line.what, known);
    if (values.length === 0) return;
    known.samples.set(subject.name, [...(known.samples.get(subject.name) ?? []), ...values]);
  }

  /** The median of each line, with its quartiles. */
  rows(): Row[] {
    return [...this.#lines.values()].map(({ row, samples }) => ({
      ...row,
      figures: Object.fromEntries(
        [...samples].map(([name, values]) => {
          const { median, p25, p75, runs } = summarise(values);
          return [name, { value: median, p25, p75, runs }];
        }),
      ),
    }));
  }
}

/** Asks every subject in turn, `runs` times over, so that a busy minute of the machine hits both. */
export async function alternate(
  subjects: readonly Subject[],
  runs: number,
  ask: (subject: Subject, run: number) => Promise<void>,
): Promise<void> {
  for (let run = 1; run <= runs; run += 1) {
    for (const subject of subjects) {
      console.error(`run ${run} of ${runs}: ${subject.name}`);
      await ask(subject, run);
    }
  }
}
