import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** One row of the reference's own method table, as its package answers for itself. */
export interface RuntimeMethod {
  readonly name: string;
  readonly scope: string;
  readonly since?: string;
  readonly advertise?: boolean;
  readonly startup?: string;
  readonly controlPlaneWrite?: boolean;
}

/** What an installed reference says about itself without being started. */
export interface RuntimeSurface {
  readonly version: string;
  readonly contractVersion: string;
  readonly contract: Readonly<Record<string, { since: string; scope: string }>>;
  readonly table: readonly RuntimeMethod[];
  /** Validator name without `validate`, mapped to its schema with the prose stripped. */
  readonly schemas: Readonly<Record<string, unknown>>;
  /** What the package's own formatter says about `{}` and about one unknown key, per validator. */
  readonly complaints: Readonly<Record<string, { empty: string; unknownKey: string }>>;
}

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const PROSE = new Set(["description", "title", "examples", "$comment", "markdownDescription"]);

/**
 * Runs inside the reference's own Node: its bundle is only loadable there, and a child cannot leave a module of the
 * reference in our process. Modules carry content hashes in their names, so the table is found by its export.
 */
const SCRIPT = `
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
const root = process.argv[1];
const dist = join(root, "openclaw/dist");
const load = (path) => import(pathToFileURL(path).href);
const exportOf = async (name) => {
  for (const file of readdirSync(dist).filter((entry) => /\\.m?js$/.test(entry))) {
    const text = readFileSync(join(dist, file), "utf8");
    const found = new RegExp("export \\\\{[^}]*\\\\b" + name + "( as (\\\\w+))?[^}]*\\\\}").exec(text);
    if (found === null || !text.includes("function " + name)) continue;
    return (await load(join(dist, file)))[found[2] ?? name];
  }
  throw new Error("the reference has no export " + name);
};
const names = (await exportOf("listCoreGatewayMethodNames"))();
const describe = await exportOf("createCoreGatewayMethodDescriptors");
const table = describe(Object.fromEntries(names.map((name) => [name, () => undefined]))).map(
  ({ name, scope, since, advertise, startup, controlPlaneWrite }) => ({ name, scope, since, advertise, startup, controlPlaneWrite }),
);
const protocol = await load(join(dist, "gateway/protocol/index.js"));
const schemas = {}, complaints = {};
for (const [key, validate] of Object.entries(protocol)) {
  if (!key.startsWith("validate") || typeof validate !== "function") continue;
  const name = key.slice("validate".length);
  schemas[name] = validate.schema;
  const complain = (value) => (validate(value) ? "" : protocol.formatValidationErrors(validate.errors));
  complaints[name] = { empty: complain({}), unknownKey: complain({ zzUnknown: 1 }) };
}
const json = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
process.stdout.write(JSON.stringify({
  version: json("openclaw/package.json").version,
  contractVersion: json("@openclaw/gateway-protocol/package.json").version,
  contract: json("@openclaw/gateway-protocol/protocol.schema.json").methods,
  table, schemas, complaints,
}));
`;

/** Reads the surface from `modulesFolder`, the `node_modules` that holds the reference, with the Node at `node`. */
export async function readRuntimeSurface(modulesFolder: string, node: string): Promise<RuntimeSurface> {
  const { stdout } = await promisify(execFile)(
    node,
    ["--input-type=module", "--eval", SCRIPT, modulesFolder],
    { maxBuffer: OUTPUT_BYTES_MAX },
  );
  const read = JSON.parse(stdout) as RuntimeSurface; // our own script wrote it, three lines above
  return {
    ...read,
    schemas: Object.fromEntries(Object.entries(read.schemas).map(([k, v]) => [k, withoutProse(v)])),
  };
}

/** Drops the words meant for people, so that a hash moves only when behaviour does. */
export function withoutProse(schema: unknown, isPropertyMap = false): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => withoutProse(entry));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema)
    .filter(([key]) => isPropertyMap || !PROSE.has(key))
    .map(([key, value]) => [key, withoutProse(value, !isPropertyMap && key === "properties")] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(kept);
}
