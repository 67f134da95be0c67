/**
 * Reads a report and prints `<passed> <failed>`: vitest's JSON, or what `referee score --json` says, where only a
 * difference that nobody expected counts as failed.
 */
import { readFileSync } from "node:fs";

interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numFailedTestSuites?: number;
  readonly score?: { readonly checks: { readonly counts: { readonly pass: number; readonly fail: number } } };
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node tools/ci-count.ts <report.json>");
const report = JSON.parse(readFileSync(file, "utf8")) as Report;
const { numPassedTests: passed, numFailedTests: failed, numFailedTestSuites: suites = 0, score } = report;
if (score !== undefined) {
  console.log(`${score.checks.counts.pass} ${score.checks.counts.fail}`);
} else if (passed !== undefined && failed !== undefined) {
  // A file that could not even be loaded has no tests to fail.
  console.log(`${passed} ${failed === 0 ? suites : failed}`);
} else {
  throw new Error(`${file} is neither vitest's report nor a score`);
}
