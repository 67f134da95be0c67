import type { Counts, GroupScore, Score } from "./score.ts";

/** The three-number line: what passes, what fails as expected, what was never asked. */
export function scoreLine({ methods, checks, reference, killRate }: Score): string {
  const { pass, missing } = methods.counts;
  const expected = expectedIn(methods.counts);
  const unexpected = methods.total - pass - expected - missing;
  const saboteurs =
    killRate === undefined ? "" : ` Saboteurs caught: ${killRate.caught} of ${killRate.total}.`;
  return (
    `Against ${reference}, of ${methods.total} methods: **${pass} pass** in every check, ` +
    `**${expected} fail as expected**, **${missing} untested**` +
    `${unexpected === 0 ? "" : `, **${unexpected} fail unexpectedly**`}. ` +
    `Checks: ${checks.counts.pass} of ${checks.total} pass (${percent(checks.counts.pass, checks.total)}).${saboteurs}`
  );
}

export function expectedIn(counts: Counts): number {
  return counts["known-gap"] + counts.intentional + counts["reference-defect"];
}

export function renderMarkdown(score: Score): string {
  return `# Scorecard

${scoreLine(score)}

Recorded from the reference, replayed against ${score.gateway} on ${score.date} in ${Math.round(score.durationMs / 1000)} s.
Written by \`npm run score\` from \`score.json\`; [index.html](index.html) has every failure with its difference.

## By gateway area

${table(score.areas)}

## By subsystem

${table(score.subsystems)}

## By method

| method | verdict | checks | served | ms | reference ms |
| --- | --- | --- | --- | --- | --- |
${score.perMethod
  .map(
    ({ method, verdict, passed, checks, wasServed, latencyMs, referenceLatencyMs }) =>
      `| ${method} | ${verdict} | ${passed}/${checks} | ${wasServed ? "yes" : "refusals only"} | ${latencyMs ?? ""} | ${referenceLatencyMs ?? ""} |`,
  )
  .join("\n")}
`;
}

function table(groups: readonly GroupScore[]): string {
  const rows = groups.map(({ name, methods, checks }) => {
    const totalMethods = sum(methods);
    const totalChecks = sum(checks);
    return (
      `| ${name} | ${methods.pass}/${totalMethods} | ${checks.pass}/${totalChecks} | ` +
      `${percent(checks.pass, totalChecks)} | ${expectedIn(checks)} | ${checks.fail} | ${methods.missing} |`
    );
  });
  return [
    "| | methods | checks | passing | expected failures | unexpected | untested methods |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, one) => total + one, 0);
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}
