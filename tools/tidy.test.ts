import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { codeRules } from "./tidy/code-rules.ts";
import { mask } from "./tidy/mask.ts";
import { ruleCoverage } from "./tidy/protocol-rules.ts";
import { loadTree } from "./tidy/tree.ts";
import { treeRules } from "./tidy/tree-rules.ts";

const ROOT = resolve(import.meta.dirname, "..");
const RULES = [...treeRules, ...codeRules];
const tree = loadTree(ROOT);

test.for(RULES)("house rule: $name", (rule) => {
  expect(rule.check(tree).map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual([]);
});

test("house rule: generated files are fresh", () => {
  const run = spawnSync(process.execPath, ["tools/generate.ts", "--check"], { cwd: ROOT, encoding: "utf8" });
  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
});

/** A tree that breaks a rule in one place, and one beside it that does not. */
interface Planted {
  readonly rule: string;
  readonly bad: Readonly<Record<string, string>>;
  readonly good: Readonly<Record<string, string>>;
}

const inSource = (rule: string, bad: string, good: string): Planted => ({
  rule,
  bad: { "src/domain/sessions/list.ts": bad },
  good: { "src/domain/sessions/list.ts": good },
});

const TIME = "time and randomness come from src/platform";
const PLANTED: readonly Planted[] = [
  inSource(TIME, "const now = Date.now();", "const now = clock.now(); // not Date.now()"),
  inSource(TIME, "const today = new Date();", "const then = new Date(row.at);"),
  inSource(TIME, "const dice = Math.random();", 'const text = "Math.random";'),
  inSource(TIME, "setTimeout(run, 5);", "clock.after(5, run);"),
  inSource(TIME, "setInterval(run, 5);", "clock.every(5, run);"),
  inSource(TIME, "const id = crypto.randomUUID();", "const id = ids.uuid();"),
  inSource(TIME, "const line = `at ${Date.now()}`;", "const line = `at Date.now()`;"),
  {
    rule: TIME,
    bad: { "src/methods/a/b.test.ts": "await new Promise((done) => setTimeout(done, 10));" },
    good: { "src/platform/clock.ts": "setTimeout(run, 5);" },
  },
  inSource("JSON.parse stays at the borders", "JSON.parse(text);", "JSON.stringify(value);"),
  {
    rule: "JSON.parse stays at the borders",
    bad: { "src/methods/a/b.ts": "return JSON.parse(text);" },
    good: { "src/frames/decode.ts": "return JSON.parse(text);" },
  },
  inSource(
    "no module-level mutable state in the player",
    "let count = 0;",
    "export function f() {\n  let count = 0;\n}",
  ),
  inSource("a TODO names its issue", "// TODO: later", "// TODO(#12): what is missing"),
  inSource("a TODO names its issue", "// FIXME this", 'const word = "FIXME";'),
  inSource(
    "no commented-out code",
    "// const x = compute();",
    "// If it is closed, the caller knows; return early then.",
  ),
  inSource(
    "a silenced check says why",
    "// oxlint-disable-next-line no-console",
    "// oxlint-disable-next-line no-console -- the log is not open yet",
  ),
  inSource("a silenced check says why", "// @ts-ignore", "// @ts-expect-error the types lag behind"),
  {
    rule: "no focused or skipped tests",
    bad: { "src/a.test.ts": 'test.only("x", run);' },
    good: { "src/a.test.ts": 'test.skipIf(!reference)("x", run);' },
  },
  inSource(
    "no long lines",
    `const ${"long".repeat(30)} = 1;`,
    `throw invalidRequest("${"word ".repeat(30)}");`,
  ),
  {
    rule: "no junk drawers",
    bad: { "src/domain/runs/utils.ts": "" },
    good: { "src/domain/usage/usage.ts": "" },
  },
  {
    rule: "file names are kebab-case",
    bad: { "src/domain/runs/runQueue.ts": "" },
    good: { "src/domain/runs/run-queue.property.test.ts": "" },
  },
  {
    rule: "one topic, one stem: handler, contract and test",
    bad: { "src/methods/cron/jobs.ts": "", "schemas/methods/cron/job.ts": "" },
    good: {
      "src/methods/cron/jobs.ts": "",
      "src/methods/cron/jobs.test.ts": "",
      "schemas/methods/cron/jobs.ts": "",
    },
  },
  {
    rule: "every declared method is called by a scenario",
    bad: {
      "schemas/methods/cron/jobs.ts": 'contract({\n  method: "cron.list",\n});',
      "corpus/cron/jobs.yaml": "steps:\n  - call: cron.listing\n",
    },
    good: {
      "schemas/methods/cron/jobs.ts":
        'contract({\n  method: "cron.list",\n});\ncontract({\n  method: "cron.add",\n});',
      "corpus/cron/jobs.yaml": 'steps:\n  - call: cron.list\n  - {"id":"a","call":"cron.add"}\n',
    },
  },
  {
    rule: "compat() names a scenario or a rule",
    bad: { "src/a.ts": "// compat(sessions/lost): why", "corpus/sessions/list.yaml": "id: sessions/list" },
    good: { "src/a.ts": "// compat(sessions/list): why", "corpus/sessions/list.yaml": "id: sessions/list" },
  },
  {
    rule: "one title per document",
    bad: { "docs/a.md": "# One\n\n# Two\n" },
    good: { "docs/a.md": "# One\n\n```sh\n# a comment\n```\n" },
  },
  {
    rule: "rule ids are unique",
    bad: { "docs/PROTOCOL.md": "# P\n- **[HS1]** MUST a\n- **[HS1]** MUST b\n" },
    good: { "docs/PROTOCOL.md": "# P\n- **[HS1]** MUST a, see [HS2]\n- **[HS2]** MUST b\n" },
  },
  {
    rule: "nothing of this machine",
    bad: { "docs/a.md": "# A\nrun it in /work/main\n" },
    good: { "docs/a.md": "# A\nsee https://example.org/work/main and ./work\n" },
  },
  {
    rule: "links in documents lead somewhere",
    bad: { "docs/a.md": "# A\n[b](b.md)" },
    good: { "docs/a.md": "# A\n[b](b.md#part) [c](../src/)", "docs/b.md": "# B", "src/x/y.ts": "" },
  },
  {
    rule: "tests stand beside what they test",
    bad: { "tests/a.test.ts": "" },
    good: { "src/a.test.ts": "" },
  },
];

test.for(PLANTED.map((planted) => [planted.rule, planted] as const))("catches: %s", ([name, planted]) => {
  const rule = RULES.find((candidate) => candidate.name === name);
  expect(rule?.check(new Map(Object.entries(planted.bad)))).not.toEqual([]);
  expect(rule?.check(new Map(Object.entries(planted.good)))).toEqual([]);
});

test("every house rule has a planted violation", () => {
  expect(RULES.map(({ name }) => name).filter((name) => !PLANTED.some(({ rule }) => rule === name))).toEqual(
    [],
  );
});

test("rules without proof and claims without a rule are both found", () => {
  const coverage = ruleCoverage(
    new Map([
      ["docs/PROTOCOL.md", "- **[HS1]** MUST a\n- **[HS2]** MUST b\n- **[HS3]** MUST c\n"],
      ["src/auth/a.test.ts", 'test.for(TABLE)("[HS1] refuses %j", run);\ntest("[HS9] is new", run);'],
      ["corpus/handshake/ok.yaml", "id: handshake/ok\ncovers: [HS3]\n"],
    ]),
  );
  expect(coverage.unproven).toEqual(["HS2"]);
  expect(coverage.unknown).toMatchObject([{ path: "src/auth/a.test.ts", line: 2, message: "HS9" }]);
});

test.for([
  { source: "a / b / c; // note", code: "a / b / c;" },
  { source: "x = /[\"'/]/.test(y);", code: "x =        .test(y);" },
  { source: "`a${ { b: `c${d}` }.b }e`", code: "     { b:     d   }.b" },
  { source: "/* a */ b", code: "        b" },
])("masks everything but code in $source", ({ source, code }) => {
  expect(mask(source).code.trimEnd()).toBe(code);
});
