import { reloadKind } from "./changes.ts";
import { type Hint, type Hints, loadHints } from "./hints.ts";
import { type KeySchema, type KeySpace, loadKeySpace, type ReloadKind } from "./keys.ts";
import { explain } from "./words.ts";

/** One key, as `config.schema.lookup` shows it among the children of another. */
export interface KeySummary {
  readonly key: string;
  readonly path: string;
  readonly type?: string | string[];
  readonly required: boolean;
  readonly hasChildren: boolean;
  readonly reloadKind: ReloadKind;
  readonly hint?: Hint;
  readonly hintPath?: string;
}

export interface KeyDescription {
  readonly path: string;
  readonly schema: Record<string, unknown>;
  readonly reloadKind: ReloadKind;
  readonly hint?: Hint;
  readonly hintPath?: string;
  readonly children: KeySummary[];
}

/** The whole key space as one JSON Schema without references, and the hints. */
export async function describeKeySpace(): Promise<{ schema: unknown; uiHints: Record<string, Hint> }> {
  const [space, hints] = await Promise.all([loadKeySpace({ extensions: true }), loadHints()]);
  const helped: Record<string, Hint> = Object.fromEntries(hints);
  const schema = expandKeys(space.schema, "", { space, hints, helped });
  return { schema: { $schema: DIALECT, title: "OpenClawConfig", ...schema }, uiHints: helped };
}

const DIALECT = "http://json-schema.org/draft-07/schema#";

interface Expansion {
  readonly space: KeySpace;
  readonly hints: Hints;
  /** The hints with their help, as far as their keys have been met. */
  readonly helped: Record<string, Hint>;
}

/** A key's schema with everything in it spelled out, and a title and a description where it has a hint. */
function expandKeys(schema: KeySchema, path: string, expansion: Expansion): Record<string, unknown> {
  const { space, hints, helped } = expansion;
  const resolved = space.resolve(schema);
  const below: Record<string, unknown> = {};
  if (resolved.properties !== undefined) {
    below["properties"] = Object.fromEntries(
      Object.entries(resolved.properties).map(([key, member]) => [
        key,
        expandKeys(member, join(path, key), expansion),
      ]),
    );
  }
  const items = itemsOf(resolved);
  if (items !== undefined) below["items"] = expandKeys(items, join(path, "[]"), expansion);
  const { additionalProperties: open } = resolved;
  if (typeof open === "object") below["additionalProperties"] = expandKeys(open, join(path, "*"), expansion);
  const hint = hints.get(path);
  if (hint === undefined) return { ...plainParts(resolved, space), ...below };
  const help = explain(resolved, space, reloadKind(path, space.reload));
  helped[path] = { ...hint, help };
  return { ...plainParts(resolved, space), ...below, title: hint.label, description: help };
}

/** What stands at the key itself. Branches of a union are not described one by one: which counts is not known. */
function plainParts(schema: KeySchema, space: KeySpace): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) =>
      key === "properties" ? [] : [[key, expand(value, space)]],
    ),
  );
}

function expand(value: unknown, space: KeySpace): unknown {
  if (Array.isArray(value)) return value.map((item) => expand(item, space));
  if (typeof value !== "object" || value === null) return value;
  const target = "$ref" in value ? space.resolve(value as KeySchema) : value;
  return Object.fromEntries(Object.entries(target).map(([key, member]) => [key, expand(member, space)]));
}

/** One key and its children; undefined when there is no such key. */
export async function describeKey(path: string): Promise<KeyDescription | undefined> {
  const [space, hints] = await Promise.all([loadKeySpace({ extensions: true }), loadHints()]);
  const keys = path
    .replaceAll(/\[\*?\]/g, ".*")
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(/[./]/)
    .filter((key) => key !== "");
  let at: Step = { schema: space.schema, path: "", patterns: [""] };
  for (const key of keys) {
    const next = step(at, key, space);
    if (next === undefined) return undefined;
    at = next;
  }
  if (keys.length === 0 && path.trim() !== ".") return undefined;
  return {
    path: keys.length === 0 ? "." : at.path,
    schema: described(at, shallow(at.schema, space), hints, space),
    reloadKind: reloadKind(at.path, space.reload),
    ...hintOf(at, hints, space),
    children: childrenOf(at, space, hints),
  };
}

interface Step {
  readonly schema: KeySchema;
  readonly path: string;
  /** Under which names a hint for this key may stand, the best first. */
  readonly patterns: readonly string[];
}

function join(prefix: string, key: string): string {
  if (key === "[]") return `${prefix}[]`;
  return prefix === "" ? key : `${prefix}.${key}`;
}

/** The objects and lists that a schema may be. */
function shapes(schema: KeySchema, space: KeySpace): KeySchema[] {
  const resolved = space.resolve(schema);
  const branches = resolved.anyOf ?? resolved.oneOf;
  return branches ? branches.flatMap((branch) => shapes(branch, space)) : [resolved];
}

function step(at: Step, key: string, space: KeySpace): Step | undefined {
  for (const shape of shapes(at.schema, space)) {
    const named =
      shape.properties !== undefined && Object.hasOwn(shape.properties, key)
        ? shape.properties[key]
        : undefined;
    if (named !== undefined) return enter(at, key, [key], named, space);
    if (typeof shape.additionalProperties === "object")
      return enter(at, key, [key, "*"], shape.additionalProperties, space);
    const items = itemsOf(shape);
    if (items !== undefined && /^(?:\*|\d+)$/.test(key)) return enter(at, key, ["[]", "*"], items, space);
  }
  return undefined;
}

function enter(at: Step, key: string, names: readonly string[], schema: KeySchema, space: KeySpace): Step {
  return {
    schema: space.resolve(schema),
    path: join(at.path, key),
    patterns: at.patterns.flatMap((prefix) => [...new Set(names)].map((name) => join(prefix, name))),
  };
}

function itemsOf(shape: KeySchema): KeySchema | undefined {
  const { items } = shape;
  // A tuple is an array of schemas; its items have no common description.
  return items === undefined || Array.isArray(items) ? undefined : (items as KeySchema);
}

function hintOf(at: Step, hints: Hints, space: KeySpace): { hint?: Hint; hintPath?: string } {
  const hintPath = at.patterns.find((pattern) => hints.has(pattern));
  const hint = hintPath === undefined ? undefined : hints.get(hintPath);
  if (hint === undefined || hintPath === undefined) return {};
  return { hint: { ...hint, help: explain(at.schema, space, reloadKind(at.path, space.reload)) }, hintPath };
}

function described(
  at: Step,
  schema: Record<string, unknown>,
  hints: Hints,
  space: KeySpace,
): Record<string, unknown> {
  const { hint } = hintOf(at, hints, space);
  return hint === undefined ? schema : { ...schema, title: hint.label, description: hint.help };
}

/** A union has no children of its own, though its branches may: which of them counts depends on the value. */
function childrenOf(at: Step, space: KeySpace, hints: Hints): KeySummary[] {
  const shape = space.resolve(at.schema);
  const names = [
    ...Object.keys(shape.properties ?? {}),
    ...(typeof shape.additionalProperties === "object" || itemsOf(shape) !== undefined ? ["*"] : []),
  ];
  return names.flatMap((key) => {
    const child = step({ ...at, schema: shape }, key, space);
    return child === undefined ? [] : [summary(key, child, shape, space, hints)];
  });
}

function summary(key: string, child: Step, parent: KeySchema, space: KeySpace, hints: Hints): KeySummary {
  const { type } = child.schema;
  return {
    key,
    path: child.path,
    ...(type === undefined ? {} : { type: typeof type === "string" ? type : [...type] }),
    required: parent.required?.includes(key) === true,
    hasChildren: hasChildren(child.schema, space),
    reloadKind: reloadKind(child.path, space.reload),
    ...hintOf(child, hints, space),
  };
}

function hasChildren(schema: KeySchema, space: KeySpace): boolean {
  return shapes(schema, space).some(
    (shape) =>
      Object.keys(shape.properties ?? {}).length > 0 ||
      typeof shape.additionalProperties === "object" ||
      itemsOf(shape) !== undefined,
  );
}

/** What a lookup leaves out, wherever it stands: it answers which values are possible, not which must be there. */
const LEFT_OUT = new Set(["required", "propertyNames"]);

/** The key's own constraints. What its named members are is told by its children. */
function shallow(schema: KeySchema, space: KeySpace): Record<string, unknown> {
  const { properties: _, ...own } = space.resolve(schema);
  return Object.fromEntries(
    Object.entries(own)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, value]) => [key, withoutDemands(expand(value, space))]),
  );
}

function withoutDemands(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDemands);
  if (typeof value !== "object" || value === null) return value;
  const isSchema = "type" in value && typeof value.type === "string";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isSchema || !LEFT_OUT.has(key))
      .map(([key, member]) => [key, withoutDemands(member)]),
  );
}
