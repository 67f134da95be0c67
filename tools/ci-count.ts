/** Reads a report (vitest's JSON, or ours with `passed` and `failed`) and prints `<passed> <failed>`. */
import { readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node tools/ci-count.ts <report.json>");
const report = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
const passed = report["numPassedTests"] ?? report["passed"];
const failed = report["numFailedTests"] ?? report["failed"];
if (typeof passed !== "number" || typeof failed !== "number") {
  throw new Error(`${file} has neither vitest's counts nor passed and failed`);
}
/** A file that could not even be loaded has no tests to fail. */
const suites = typeof report["numFailedTestSuites"] === "number" ? report["numFailedTestSuites"] : 0;
console.log(`${passed} ${failed === 0 && suites > 0 ? suites : failed}`);
