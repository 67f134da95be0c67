import type { Tool, ToolResult } from "./tools.ts";

/** JSON Schema as tools write it: the part of it that this check knows. */
type Schema = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** Complaints about one call that a model is told. */
const COMPLAINTS_MAX = 32;

/**
 * What a model wrote, made to fit where it is clear what was meant (`"2"` for 2), or what is wrong with it.
 * compat(RN21): the words are what models of the reference are used to.
 */
export function checkArguments(
  tool: Pick<Tool, "name" | "parameters" | "prepare">,
  raw: unknown,
): { readonly args: unknown } | { readonly refused: ToolResult } {
  const given = tool.prepare?.(raw) ?? raw;
  const args = fitted(tool.parameters, given);
  const complaints = complaintsOf(tool.parameters, args, []).slice(0, COMPLAINTS_MAX);
  if (complaints.length === 0) return { args };
  const lines = complaints.map(({ path, text }) => `  - ${path.join(".") || "root"}: ${text}`);
  const text = `Validation failed for tool "${tool.name}":\n${lines.join("\n")}\n\nReceived arguments:\n${JSON.stringify(given, null, 2)}`;
  return {
    refused: {
      text,
      isError: true,
      isBlocked: true,
      error: text,
      summary: `${tool.name} tool validation failed: invalid arguments`,
    },
  };
}

/** A value in the type that is asked for, as far as nothing is lost by it. */
function fitted(schema: Schema, value: unknown): unknown {
  const { type, anyOf } = schema;
  if (Array.isArray(anyOf)) {
    const branches = anyOf.filter(isRecord);
    const asIs = branches.find((branch) => complaintsOf(branch, value, []).length === 0);
    if (asIs !== undefined) return value;
    const candidates = branches.map((branch) => fitted(branch, value));
    return candidates.find((one, at) => complaintsOf(branches[at] ?? {}, one, []).length === 0) ?? value;
  }
  switch (type) {
    case "object": {
      if (!isRecord(value)) return value;
      const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
          const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
          return [name, isRecord(own) ? fitted(own, member) : member];
        }),
      );
    }
    case "array": {
      const { items } = schema;
      return Array.isArray(value) && isRecord(items) ? value.map((one) => fitted(items, one)) : value;
    }
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    case "number":
    case "integer":
      return asNumber(value);
    case "boolean":
      if (value === "true" || value === 1) return true;
      return value === "false" || value === 0 ? false : value;
    default:
      return value;
  }
}

function asNumber(value: unknown): unknown {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

interface Complaint {
  readonly path: readonly string[];
  readonly text: string;
}

function complaintsOf(schema: Schema, value: unknown, path: readonly string[]): readonly Complaint[] {
  const say = (text: string): readonly Complaint[] => [{ path, text }];
  const { type, anyOf, const: constant } = schema;
  if (Array.isArray(anyOf)) {
    const branches = anyOf.filter(isRecord);
    const fits = branches.some((branch) => complaintsOf(branch, value, path).length === 0);
    return fits ? [] : say("must match a schema in anyOf");
  }
  if (typeof type === "string" && !isOfType(type, value)) return say(`must be ${type}`);
  if (constant !== undefined && value !== constant) return say("must be equal to constant");
  if (Array.isArray(schema["enum"]) && !schema["enum"].includes(value))
    return say("must be equal to one of the allowed values");
  const bounds = boundsOf(schema, value);
  if (bounds.length > 0) return bounds.flatMap(say);
  if (Array.isArray(value)) {
    const { items } = schema;
    return isRecord(items) ? value.flatMap((one, at) => complaintsOf(items, one, [...path, String(at)])) : [];
  }
  return isRecord(value) ? membersOf(schema, value, path) : [];
}

function membersOf(schema: Schema, value: Values, path: readonly string[]): readonly Complaint[] {
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ path: [...path, name], text: `must have required properties ${name}` }));
  const wrong = Object.entries(properties).flatMap(([name, own]) =>
    Object.hasOwn(value, name) && isRecord(own) ? complaintsOf(own, value[name], [...path, name]) : [],
  );
  const isClosed = schema["additionalProperties"] === false;
  const surplus = isClosed && Object.keys(value).some((name) => !Object.hasOwn(properties, name));
  return [...missing, ...(surplus ? [{ path, text: "must not have additional properties" }] : []), ...wrong];
}

/** What is said of a size that does not fit; the sizes of texts, lists and numbers have keywords of their own. */
function boundsOf(schema: Schema, value: unknown): readonly string[] {
  const bound = (name: string) => (typeof schema[name] === "number" ? schema[name] : undefined);
  if (typeof value === "number") {
    const [least, most] = [bound("minimum"), bound("maximum")];
    const [above, below] = [bound("exclusiveMinimum"), bound("exclusiveMaximum")];
    return [
      ...(least !== undefined && value < least ? [`must be >= ${least}`] : []),
      ...(most !== undefined && value > most ? [`must be <= ${most}`] : []),
      ...(above !== undefined && value <= above ? [`must be > ${above}`] : []),
      ...(below !== undefined && value >= below ? [`must be < ${below}`] : []),
    ];
  }
  const [unit, least, most] =
    typeof value === "string"
      ? ["characters", bound("minLength"), bound("maxLength")]
      : ["items", bound("minItems"), bound("maxItems")];
  if (typeof value !== "string" && !Array.isArray(value)) return [];
  return [
    ...(least !== undefined && value.length < least ? [`must not have fewer than ${least} ${unit}`] : []),
    ...(most !== undefined && value.length > most ? [`must not have more than ${most} ${unit}`] : []),
  ];
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "object":
      return isRecord(value);
    case "array":
      return Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
