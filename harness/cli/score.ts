import { join, resolve } from "node:path";
import type { Command } from "commander";
import { readManifest } from "../freeze/read-manifest.ts";
import { checkout, corpusFolder, REFERENCE_VERSION } from "../launch/places.ts";
import { readExpected, today } from "../score/expected.ts";
import {
  readChecks,
  readFrozen,
  readHistory,
  readKillRate,
  readPublished,
  servedMethods,
  type VerdictPlaces,
  writeFrozen,
} from "../score/files.ts";
import { proposeExpected } from "../score/propose.ts";
import { fillScoreLine, publish } from "../score/publish.ts";
import { compareScores, type Delta } from "../score/ratchet.ts";
import { scoreLine } from "../score/render-markdown.ts";
import { computeScore, type Scored } from "../score/score.ts";
import { complain, EXIT, say, sayJson } from "./output.ts";

interface ScoreOptions {
  readonly checks: string;
  readonly scorecard: string;
  readonly publish?: true;
  readonly json?: true;
  readonly freeze?: true;
  readonly propose?: string;
  readonly expires?: string;
}

const LISTED_MAX = 40;

export function register(program: Command): void {
  program
    .command("score")
    .description("judge the checks of a replay against what is expected, and draw the scorecard")
    .option("--checks <file>", "checks.json of a replay", join(checkout, ".cache", "replay", "checks.json"))
    .option(
      "--scorecard <folder>",
      "expected failures, frozen requirements, published score",
      join(checkout, "scorecard"),
    )
    .option("--publish", "write score.json, SCORECARD.md, index.html, the badges and the README's score line")
    .option("--freeze", "freeze the requirements of this reference version; only once per version")
    .option("--propose <reason>", "print expectations for unexpected failures, as YAML, with this reason")
    .option("--expires <date>", "with --propose: the day the gap must be closed, YYYY-MM-DD")
    .option("--json", "the score as JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  referee replay && referee score\n  referee score --publish\n" +
        '  referee score --propose "cron is not answered yet" --expires 2027-01-31',
    )
    .action((options: ScoreOptions) => run(options));
}

async function run(options: ScoreOptions): Promise<void> {
  const places: VerdictPlaces = {
    scorecard: resolve(options.scorecard),
    corpus: corpusFolder,
  };
  const day = today();
  const checks = await readChecks(options.checks);
  if (options.freeze) await writeFrozen(places, REFERENCE_VERSION, checks, day);
  const killRate = await readKillRate(places);
  const scored = computeScore({
    checks,
    manifest: await readManifest(),
    expected: await readExpected(join(places.scorecard, "expected-failures.yaml")),
    frozen: await readFrozen(places, REFERENCE_VERSION),
    served: await servedMethods(places.corpus),
    ...(killRate === undefined ? {} : { killRate }),
    today: day,
  });
  if (options.propose !== undefined) {
    say(
      proposeExpected(scored.score, {
        reason: options.propose,
        since: day,
        expires: options.expires ?? day,
      }),
    );
    return;
  }
  const published = await readPublished(places);
  const delta = published === undefined ? { lost: [], gained: [] } : compareScores(published, scored.score);
  if (options.publish) {
    await publish(places.scorecard, scored.score, await readHistory(places));
    await fillScoreLine(join(checkout, "README.md"), scored.score);
  }
  if (options.json) sayJson({ ...scored, delta });
  else report(scored, delta);
  process.exitCode = isAsExpected(scored, delta) ? EXIT.expected : EXIT.regression;
}

function isAsExpected({ score, stale, expired }: Scored, { lost }: Delta): boolean {
  return score.checks.counts.fail + stale.length + expired.length + lost.length === 0;
}

function report({ score, stale, expired }: Scored, { lost, gained }: Delta): void {
  say(scoreLine(score).replaceAll("**", ""));
  const unexpected = score.failures.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);
  list("failing, and not expected to", unexpected);
  list("expected to fail, but nothing does: remove the line", stale);
  list("expected to fail only until a day that is over", expired);
  list("passed in the published score and fails now", lost);
  if (gained.length > 0) say(`${gained.length} checks pass that did not in the published score`);
}

function list(what: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  complain(`${what}: ${ids.length}`);
  for (const id of ids.slice(0, LISTED_MAX)) complain(`  ${id}`);
  if (ids.length > LISTED_MAX) complain(`  and ${ids.length - LISTED_MAX} more`);
}
