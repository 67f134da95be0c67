/**
 * Writes the files that are derived from others, so that nobody edits a central list by hand:
 * `src/methods/registry.gen.ts`, the table from wire name to the topic that answers it.
 *
 *   npm run generate            writes
 *   npm run generate -- --check says what is stale, exit code 1
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Method } from "../src/methods/method.ts";

const METHODS = resolve(import.meta.dirname, "../src/methods");
const REGISTRY = join(METHODS, "registry.gen.ts");
const MANIFEST = resolve(import.meta.dirname, "../schemas/manifest.json");
const isCheck = process.argv.includes("--check");

const rows: { method: string; file: string }[] = [];
for (const file of topicFiles(METHODS)) {
  const topic = (await import(pathToFileURL(file).href)) as { default?: readonly Method[] };
  if (!Array.isArray(topic.default))
    throw new Error(`${file}: a topic's default export is its list of methods`);
  const path = `./${relative(METHODS, file).split(sep).join("/")}`;
  for (const { contract } of topic.default as readonly Method[])
    rows.push({ method: contract.method, file: path });
}
// The order in which the reference advertises them is the order in which we do; what it does not know comes last.
const manifest = JSON.parse(readFileSync(MANIFEST, "utf8")) as {
  methods: { name: string; status: string }[];
};
const place = new Map(manifest.methods.map(({ name }, index) => [name, index]));
const placeOf = (method: string): number => place.get(method) ?? place.size;
rows.sort((a, b) => placeOf(a.method) - placeOf(b.method) || (a.method < b.method ? -1 : 1));
const hidden = rows.filter(({ method }) =>
  manifest.methods.some(({ name, status }) => name === method && status !== "advertised"),
);
const twice = rows.find((row, index) => rows[index + 1]?.method === row.method);
if (twice !== undefined) throw new Error(`${twice.method} is answered by two topics`);

const source = `// Written by \`npm run generate\` from the topics beside it. Do not edit.
import type { Method } from "./method.ts";

/** Wire name to the topic that answers it; a topic is loaded when one of its methods is first called. */
export const TOPICS: Readonly<Record<string, () => Promise<{ default: readonly Method[] }>>> = {
${rows.map(({ method, file }) => `  ${propertyName(method)}: () => import("${file}"),`).join("\n")}
};

/** Methods that are answered and not advertised in \`hello-ok\`, as on the reference. */
export const HIDDEN: ReadonlySet<string> = new Set<string>([${hidden.map(({ method }) => `"${method}"`).join(", ")}]);
`;

if (isCheck) {
  if (readIfThere(REGISTRY) !== source) {
    process.stderr.write("src/methods/registry.gen.ts is stale: run npm run generate\n");
    process.exit(1);
  }
} else {
  writeFileSync(REGISTRY, source);
  process.stdout.write(`registry: ${rows.length} methods\n`);
}

function topicFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== METHODS)
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && !file.includes(`${sep}shared${sep}`),
    )
    .sort();
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
