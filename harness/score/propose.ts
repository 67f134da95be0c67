import { stringify } from "yaml";
import type { ExpectedEntry } from "./expected.ts";
import type { Score } from "./score.ts";

export interface Proposal {
  readonly reason: string;
  readonly since: string;
  readonly expires: string;
}

/**
 * Expectations for the failures nobody expected, as text to be read, sorted and given better reasons by a person.
 * A scenario that fails altogether is one pattern; otherwise each check is named, so that nothing else is excused.
 */
export function proposeExpected(score: Score, { reason, since, expires }: Proposal): string {
  const unexpected = score.failures.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  const scenarios = Map.groupBy(unexpected, (id) => id.slice(0, id.indexOf(":")));
  const checks = [...scenarios].flatMap(([scenario, ids]) =>
    score.passed[scenario] === undefined ? [`${scenario}:*`] : ids,
  );
  if (checks.length === 0) return "";
  const entry: ExpectedEntry = { checks, verdict: "known-gap", reason, since, expires };
  return stringify([entry], { lineWidth: 0 });
}
