/** `npm run check`: everything that is checked without running the product, in parallel, with a short report. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { stripVTControlCharacters, styleText } from "node:util";

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What to run when it is red. */
  readonly remedy: string;
}

interface Outcome {
  readonly check: Check;
  readonly exitCode: number;
  readonly output: string;
  readonly seconds: number;
}

const ROOT = resolve(import.meta.dirname, "..");
const SOURCES = ["src", "schemas", "harness", "bench", "tools"];
const OUTPUT_LINES_MAX = 60;
const OUTPUT_COLUMNS_MAX = 200;

const CHECKS: readonly Check[] = [
  { name: "types", command: ["tsc", "-p", ".", "--noEmit"], remedy: "tsc -p . --noEmit" },
  {
    name: "format",
    command: ["biome", "ci", "--colors=off", "--reporter=summary", "--max-diagnostics=200"],
    remedy: "biome check --write <paths>",
  },
  {
    name: "lint",
    command: ["oxlint", "--type-aware", "--deny-warnings"],
    remedy: "oxlint --type-aware <paths>",
  },
  {
    name: "layers",
    command: ["depcruise", "--progress", "none", ...SOURCES],
    remedy: ".dependency-cruiser.mjs says why",
  },
  { name: "dead code", command: ["knip", "--no-progress"], remedy: "knip" },
  { name: "house rules", command: ["node", "tools/tidy.ts"], remedy: "node tools/tidy.ts" },
  { name: "rule ids", command: ["node", "tools/rules.ts"], remedy: "npm run rules" },
  { name: "generated", command: ["node", "tools/generate.ts", "--check"], remedy: "npm run generate" },
  {
    name: "masks",
    command: ["node", "harness/main.ts", "masks", "--check"],
    remedy: "npm run referee -- masks, if more is meant to be masked",
  },
];

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? CHECKS : CHECKS.filter(({ name }) => wanted.includes(name));
if (chosen.length === 0) {
  console.error(`usage: npm run check -- [${CHECKS.map(({ name }) => `"${name}"`).join(" | ")}]`);
  process.exit(2);
}

const queue = [...chosen];
const outcomes: Outcome[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));
report(chosen.flatMap((check) => outcomes.filter((outcome) => outcome.check === check)));
process.exitCode = outcomes.every(({ exitCode }) => exitCode === 0) ? 0 : 1;

async function work(): Promise<void> {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) outcomes.push(await run(check));
}

function run(check: Check): Promise<Outcome> {
  const { promise, resolve: done } = Promise.withResolvers<Outcome>();
  const startedAt = performance.now();
  const [command, ...rest] = check.command;
  const child = spawn(command, rest, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NO_COLOR: "1",
      PATH: [join(ROOT, "node_modules", ".bin"), process.env["PATH"]].join(delimiter),
    },
  });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const finish = (exitCode: number): void =>
    done({ check, exitCode, output, seconds: (performance.now() - startedAt) / 1000 });
  child.on("error", (error) => {
    output += error.message;
    finish(127);
  });
  child.on("close", (exitCode) => finish(exitCode ?? 1));
  return promise;
}

function report(results: readonly Outcome[]): void {
  for (const { check, output } of results.filter(({ exitCode }) => exitCode !== 0)) {
    const lines = stripVTControlCharacters(output)
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => line.slice(0, OUTPUT_COLUMNS_MAX));
    const hidden = lines.length - OUTPUT_LINES_MAX;
    console.log(styleText("bold", `\n── ${check.name} `.padEnd(80, "─")));
    console.log(lines.slice(0, OUTPUT_LINES_MAX).join("\n"));
    if (hidden > 0) console.log(`… and ${hidden} more lines: ${check.remedy}`);
  }
  console.log();
  for (const { check, exitCode, seconds } of results) {
    const mark = exitCode === 0 ? styleText("green", "ok  ") : styleText("red", "FAIL");
    const remedy = exitCode === 0 ? "" : `  (${check.remedy})`;
    console.log(`${mark} ${check.name.padEnd(12)} ${seconds.toFixed(1).padStart(5)} s${remedy}`);
  }
}
