/**
 * Writes the contract of a topic from what an installed reference accepts:
 *
 *   npm run new:method -- sessions/list sessions.list sessions.describe
 *
 * Names, types and bounds are facts and come over; descriptions stay behind. What exists already is not
 * overwritten: the contract goes to stdout then. The reference is found through UNDERSTUDY_REFERENCE (a folder
 * with node_modules) or in the cache that `npm run reference:install` fills.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { toTypeBox } from "./to-typebox.ts";

interface Validator {
  readonly schema?: unknown;
}

interface ManifestRow {
  readonly name: string;
  readonly scope: string;
}

const [topic, ...methods] = process.argv.slice(2);
if (topic === undefined || methods.length === 0) {
  process.stderr.write("usage: npm run new:method -- <family>/<topic> <method> [<method> ...]\n");
  process.exit(2);
}

const validators = await loadValidators();
const scopes = loadScopes();
const blocks = methods.map((name) => contractSource(name));
const source = [
  'import { Type } from "@sinclair/typebox";',
  'import { contract } from "../../contract.ts";',
  ...(blocks.some((block) => /\b(oneOf|constant)\(/.test(block))
    ? ['import { constant, oneOf } from "../../shapes/literals.ts";']
    : []),
  "",
  ...blocks,
].join("\n");

const file = join("schemas", "methods", `${topic}.ts`);
if (existsSync(file)) {
  process.stdout.write(source);
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  process.stderr.write(`wrote ${file}; next: the result schema, src/methods/${topic}.ts, npm run generate\n`);
}

function contractSource(name: string): string {
  const pascal = name
    .split(/[.-]/)
    .map((segment) => segment.charAt(0).toUpperCase() + segment.slice(1))
    .join("");
  const key = Object.keys(validators).find(
    (known) => known.toLowerCase() === `validate${pascal}params`.toLowerCase(),
  );
  const schema = key === undefined ? undefined : validators[key]?.schema;
  const params = schema === undefined ? "null" : toTypeBox(schema);
  const constName = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const scope = scopes.get(name) ?? "operator.read";
  return `export const ${constName} = contract({
  method: "${name}",
  access: "${scope}",
  sideEffects: ${!scope.endsWith("read")},
  params: ${params},
  result: Type.Unknown(),
});
`;
}

async function loadValidators(): Promise<Record<string, Validator>> {
  const home =
    process.env.UNDERSTUDY_REFERENCE ?? join(homedir(), ".cache", "understudy", "reference-2026.9.6");
  const entry = join(home, "node_modules", "openclaw", "dist", "gateway", "protocol", "index.js");
  if (!existsSync(entry)) {
    process.stderr.write(
      `no reference at ${home}: run npm run reference:install, or set UNDERSTUDY_REFERENCE\n`,
    );
    process.exit(2);
  }
  return (await import(pathToFileURL(entry).href)) as Record<string, Validator>;
}

function loadScopes(): Map<string, string> {
  const path = join("schemas", "manifest.json");
  if (!existsSync(path)) return new Map();
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { methods: ManifestRow[] };
  return new Map(
    manifest.methods.map(({ name, scope }) => [
      name,
      scope === "node" || scope === "none" ? scope : `operator.${scope}`,
    ]),
  );
}
