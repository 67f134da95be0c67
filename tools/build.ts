/**
 * Bundles the two commands for the package:
 *
 *   npm run build                        dist/understudy.mjs and dist/referee.mjs
 *   npm run build -- understudy          one of them
 *
 * The code is split at every dynamic import, so that a start reads only what a start needs. Everything but the
 * native bindings (SQLite, terminals) is bundled: one file is read faster than hundreds are resolved.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";

const ROOT = resolve(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
const COMMANDS: Readonly<Record<string, string>> = {
  understudy: "src/cli/main.ts",
  referee: "harness/main.ts",
};
/** CommonJS packages expect these names; chunks are modules. */
const BANNER = [
  'import { createRequire as packageRequire } from "node:module";',
  "const require = packageRequire(import.meta.url);",
  "const __filename = import.meta.filename;",
  "const __dirname = import.meta.dirname;",
  'const __packageRoot = import.meta.dirname.replace(/^(.*)[\\\\/]dist[\\\\/].*$/s, "$1");',
].join("\n");

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(COMMANDS);
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
for (const name of wanted) {
  const entry = COMMANDS[name];
  if (entry === undefined) throw new Error(`no command ${name}: ${Object.keys(COMMANDS).join(", ")}`);
  await bundle(name, entry);
}

async function bundle(name: string, entry: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { [name]: entry, ...commandFiles(name) },
    outdir: `dist/${name}`,
    chunkNames: "[name]-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    external: ["better-sqlite3", "@lydell/node-pty"],
    banner: { js: BANNER },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [placesOfTheCheckout(entry), namedExportsOfCommonJs()],
  });
  writeLauncher(name);
  writeFileSync(join(DIST, name, "THIRD-PARTY.txt"), licences(metafile));
  report(name, metafile);
}

/** The referee finds its commands by looking into the folder beside it, so the bundle has that folder too. */
function commandFiles(name: string): Record<string, string> {
  if (name !== "referee") return {};
  const files = readdirSync(join(ROOT, "harness", "cli")).filter((file) => /^[a-z-]+[.]ts$/.test(file));
  return Object.fromEntries(
    files.map((file) => [`cli/${file.replace(/[.]ts$/, "")}`, `harness/cli/${file}`]),
  );
}

/**
 * Our sources find the package's data from where they stand; bundled, they stand elsewhere, so each is told its old
 * place below the package's folder. Only the entry keeps the new one: what it looks for beside itself is bundled.
 */
function placesOfTheCheckout(entry: string): Plugin {
  return {
    name: "places-of-the-checkout",
    setup(pending) {
      pending.onLoad({ filter: /[\\/](?:src|harness|schemas)[\\/].*[.]ts$/ }, ({ path }) => {
        const file = relative(ROOT, path).split(sep).join("/");
        const source = readFileSync(path, "utf8");
        if (file.includes("node_modules") || !source.includes("import.meta.")) return undefined;
        const own = source.replaceAll("import.meta.main", String(file === entry));
        const contents =
          file === entry
            ? own
            : own
                .replaceAll("import.meta.dirname", `(__packageRoot + "/${dirname(file)}")`)
                .replaceAll("import.meta.filename", `(__packageRoot + "/${file}")`)
                .replaceAll("import.meta.url", `new URL("file://" + __packageRoot + "/${file}").href`);
        return { contents, loader: "ts", resolveDir: dirname(path) };
      });
    },
  };
}

/**
 * A dynamic import of a CommonJS package gives a bundle only its default export. The names that Node would have
 * found are written down here instead.
 */
function namedExportsOfCommonJs(): Plugin {
  return {
    name: "named-exports-of-commonjs",
    setup(pending) {
      pending.onResolve({ filter: /^[@a-z]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== "dynamic-import" || pluginData === "seen") return undefined;
        if (isBuiltin(path) || resolveDir.includes("node_modules")) return undefined;
        const names = Object.keys((await import(path)) as object);
        if (!names.includes("module.exports") || path === "better-sqlite3") return undefined;
        return { path, namespace: "commonjs", pluginData: { names, resolveDir } };
      });
      pending.onLoad({ filter: /./, namespace: "commonjs" }, ({ path, pluginData }) => {
        const { names, resolveDir } = pluginData as { names: string[]; resolveDir: string };
        const lines = names
          .filter((name) => /^[\w$]+$/.test(name) && name !== "default")
          .map((name) => `const $${name} = all.${name}; export { $${name} as ${name} };`);
        return {
          contents: [`import * as all from "${path}";`, ...lines, "export default all.default;"].join("\n"),
          resolveDir,
        };
      });
    },
  };
}

/** The command itself only turns the compile cache on: that must happen before anything big is imported. */
function writeLauncher(name: string): void {
  const file = join(DIST, `${name}.mjs`);
  writeFileSync(
    file,
    [
      "#!/usr/bin/env node",
      'import * as module from "node:module";',
      'const [major, minor] = process.versions.node.split(".").map(Number);',
      "if (!((major === 24 && minor >= 16) || (major === 26 && minor >= 1) || major > 26)) {",
      `  console.error(\`${name} needs Node ${engines()}; this is ${"$"}{process.version}\`);`,
      "  process.exit(1);",
      "}",
      "module.enableCompileCache();",
      "// A gateway may end by a kill, and then nobody writes the cache: so write it soon after the start.",
      "setTimeout(module.flushCompileCache, 5_000).unref();",
      `await import("./${name}/${name}.mjs");`,
      "",
    ].join("\n"),
  );
  chmodSync(file, 0o755);
}

function engines(): string {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    engines: { node: string };
  };
  return engines.node;
}

/** The licence of every package that the bundle carries, as most of them ask for. */
function licences(metafile: Metafile): string {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap(
      (input) => /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? [],
    ),
  );
  return [...folders].sort().map(licenceOf).join("\n\n");
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(ROOT, folder, "package.json"), "utf8"),
  ) as Record<string, unknown>;
  const file = ["LICENSE", "LICENSE.md", "license", "LICENSE.txt", "LICENCE", "license.md", "License"]
    .map((candidate) => join(ROOT, folder, candidate))
    .find((candidate) => existsSync(candidate));
  const text = file === undefined ? "" : readFileSync(file, "utf8").trim();
  return `${"=".repeat(80)}\n${String(name)} ${String(version)} (${String(license)})\n\n${text}`;
}

function report(name: string, metafile: Metafile): void {
  const atStart = startChunks(metafile, `dist/${name}/${name}.mjs`);
  const bytes = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + statSync(join(ROOT, file)).size, 0);
  const all = Object.keys(metafile.outputs);
  console.log(
    `dist/${name}.mjs  ${kib(bytes(all))} in ${all.length} chunks, ${kib(bytes(atStart))} in ${atStart.length} read by every command`,
  );
}

/** What a chunk pulls in by static imports: the price of every start. */
function startChunks(metafile: Metafile, entry: string): string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && metafile.outputs[path] !== undefined) visit(path);
    }
  };
  visit(entry);
  return [...seen];
}

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024)} KiB`;
}
