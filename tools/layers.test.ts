import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { afterAll, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");
const { default: config } = (await import(join(ROOT, ".dependency-cruiser.mjs"))) as {
  default: { forbidden: { name: string }[]; required: { name: string }[]; options: ICruiseOptions };
};
const { forbidden, required, options } = config;

/** Files that break exactly the rule named, and nothing else that they could break. */
const PLANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no-cycles": {
    "src/domain/a/x.ts": 'import { y } from "./y.ts"; export const x = () => y;',
    "src/domain/a/y.ts": 'import { x } from "./x.ts"; export const y = () => x;',
  },
  "no-unresolved": { "src/domain/a/x.ts": 'import "./gone.ts";' },
  "contract-is-a-leaf": { "schemas/a.ts": 'import "../tools/b.ts";', "tools/b.ts": "" },
  "referee-never-player": { "harness/a.ts": 'import type { B } from "../src/b.ts";', "src/b.ts": "" },
  "player-never-referee": { "src/cli/a.ts": 'import "../../harness/b.ts";', "harness/b.ts": "" },
  "product-never-testing": { "src/cli/a.ts": 'import "../testing/b.ts";', "src/testing/b.ts": "" },
  "no-test-imports": { "src/cli/a.ts": 'import "./b.test.ts";', "src/cli/b.test.ts": "" },
  "only-composition-imports-main": { "src/domain/a/x.ts": 'import "../../main.ts";', "src/main.ts": "" },
  "platform-is-a-leaf": {
    "src/platform/a.ts": 'import "../domain/a/index.ts";',
    "src/domain/a/index.ts": "",
  },
  "errors-are-a-leaf": { "src/errors/a.ts": 'import "../platform/b.ts";', "src/platform/b.ts": "" },
  "frames-know-the-contract-only": {
    "src/frames/a.ts": 'import "../platform/b.ts";',
    "src/platform/b.ts": "",
  },
  "transport-and-connection": {
    "src/transport/a.ts": 'import "../domain/a/index.ts";',
    "src/domain/a/index.ts": "",
  },
  "http-api-asks-the-domain": {
    "src/http-api/a.ts": 'import "../domain/a/inside.ts";',
    "src/domain/a/inside.ts": "",
  },
  "auth-knows-devices-through-its-port": {
    "src/auth/a.ts": 'import "../domain/devices/row.ts";',
    "src/domain/devices/row.ts": "",
  },
  "dispatch-is-handed-its-methods": {
    "src/dispatch/a.ts": 'import "../methods/a/b.ts";',
    "src/methods/a/b.ts": 'import "../../../schemas/methods/a/b.ts";',
    "schemas/methods/a/b.ts": "",
  },
  "events-fan-out": { "src/events/a.ts": 'import "../dispatch/b.ts";', "src/dispatch/b.ts": "" },
  "handlers-know-no-wire-and-no-sql": {
    "src/methods/a/b.ts": 'import "../../frames/c.ts"; import "../../../schemas/methods/a/b.ts";',
    "src/frames/c.ts": "",
    "schemas/methods/a/b.ts": "",
  },
  "handlers-do-not-call-each-other": {
    "src/methods/a/b.ts": 'import "../c/d.ts"; import "../../../schemas/methods/a/b.ts";',
    "src/methods/c/d.ts": 'import "../../../schemas/methods/c/d.ts";',
    "schemas/methods/a/b.ts": "",
    "schemas/methods/c/d.ts": "",
  },
  "only-main-loads-the-registry": {
    "src/cli/a.ts": 'import "../methods/registry.gen.ts";',
    "src/methods/registry.gen.ts": "",
  },
  "domain-knows-no-technology": { "src/domain/a/x.ts": 'import "../../store/b.ts";', "src/store/b.ts": "" },
  "nouns-meet-at-their-index": {
    "src/domain/a/x.ts": 'import "../b/inside.ts";',
    "src/domain/b/inside.ts": "",
  },
  "store-implements-ports": { "src/store/a.ts": 'import "../auth/b.ts";', "src/auth/b.ts": "" },
  "adapters-implement-ports": {
    "src/adapters/tools/a/x.ts": 'import "../../../store/b.ts";',
    "src/store/b.ts": "",
  },
  "adapters-never-siblings": {
    "src/adapters/tools/a/x.ts": 'import "../b/y.ts";',
    "src/adapters/tools/b/y.ts": "",
  },
  "sockets-in-transport": { "src/domain/a/x.ts": 'import { WebSocket } from "ws"; new WebSocket("ws:");' },
  "sql-in-store": { "src/domain/a/x.ts": 'import type D from "better-sqlite3"; export type X = D;' },
  "sdk-in-its-adapter": { "src/domain/a/x.ts": 'await import("openai");' },
  "human-typed-schemas": { "src/methods/a.ts": 'import "zod";' },
  "arguments-in-cli": { "src/domain/a/x.ts": 'import "commander";' },
  "test-tools-in-tests": { "src/domain/a/x.ts": 'import "vitest";' },
  "no-dev-dependency-in-the-player": { "src/domain/a/x.ts": 'import "esbuild";' },
  "no-undeclared-package": { "src/domain/a/x.ts": 'import "abstract-logging";' },
  "handler-imports-its-contract": { "src/methods/a/b.ts": "", "schemas/methods/a/b.ts": "" },
};

const RULES = [...forbidden, ...required].map(({ name }) => name);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The names of the rules that a tree of these files breaks. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "understudy-layers-"));
  folders.push(folder);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [path, source] of Object.entries({ ...files, "package.json": PACKAGE })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  const roots = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? path))];
  const { output } = await cruise(roots, {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden, required } as NonNullable<ICruiseOptions["ruleSet"]>,
  });
  return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
}
const PACKAGE = JSON.stringify({
  dependencies: { ws: "*", "better-sqlite3": "*", openai: "*", zod: "*", commander: "*" },
  devDependencies: { vitest: "*", esbuild: "*" },
});

test.for(RULES)("layer rule is broken by its planted violation: %s", async (name) => {
  expect(await brokenRules(PLANTED[name] ?? {})).toContain(name);
});

test("what the design allows breaks nothing", async () => {
  const broken = await brokenRules({
    "schemas/methods/a/b.ts": "",
    "src/methods/a/b.ts": 'import "../../../schemas/methods/a/b.ts"; import "../../domain/a/index.ts";',
    "src/domain/a/index.ts": 'import "../../errors/e.ts"; import "./inside.ts";',
    "src/domain/a/inside.ts": 'import type { A } from "./index.ts"; export const inside = (a: A) => a;',
    "src/errors/e.ts": "",
    "src/transport/t.ts": 'import "ws";',
    "src/domain/a/index.test.ts": 'import "../../testing/t.ts"; await using x = await import("vitest");',
    "src/testing/t.ts": "",
  });
  expect(broken).toEqual([]);
});
