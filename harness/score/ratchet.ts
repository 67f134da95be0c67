import type { Score } from "./score.ts";

/** What changed between two scores, by check. */
export interface Delta {
  /** Passed before, do not pass now: each is a regression, whatever is expected of it. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** Compares with the score that was published last. Checks that no longer exist are neither lost nor gained. */
export function compareScores(before: Score, now: Score): Delta {
  const then = passedIds(before);
  const today = passedIds(now);
  const failing = new Set(now.failures.map(({ id }) => id));
  return {
    lost: [...then].filter((id) => failing.has(id)).sort(),
    gained: [...today].filter((id) => !then.has(id)).sort(),
  };
}

function passedIds({ passed }: Score): Set<string> {
  return new Set(
    Object.entries(passed).flatMap(([scenario, checks]) => checks.map((check) => `${scenario}:${check}`)),
  );
}
