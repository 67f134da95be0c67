/** JSON Schema in, TypeBox source out: only the keywords that the reference's schemas use. */

type Schema = Readonly<Record<string, unknown>>;

/** Annotations: no validator reads them, and they are the reference's prose or bookkeeping. */
const IGNORED = new Set(["description", "title", "examples", "$id", "$schema"]);

/** The TypeBox expression for a schema. What has no exact counterpart is written as `Type.Unsafe` with the schema. */
export function toTypeBox(schema: unknown): string {
  if (schema === true || !isSchema(schema)) return "Type.Unknown()";
  const own = Object.fromEntries(
    Object.entries(schema).filter(([key]) => !IGNORED.has(key) && !key.startsWith("x-")),
  );
  const keys = Object.keys(own);
  if (keys.length === 0) return "Type.Unknown()";
  if (isOnly(keys, "const") && isScalar(own.const)) return `constant(${JSON.stringify(own.const)})`;
  if (isOnly(keys, "enum") && Array.isArray(own.enum) && own.enum.every(isScalar)) {
    return `oneOf(${own.enum.map((value) => JSON.stringify(value)).join(", ")})`;
  }
  if (isOnly(keys, "anyOf") && Array.isArray(own.anyOf))
    return `Type.Union([${own.anyOf.map(toTypeBox).join(", ")}])`;
  switch (own.type) {
    case "object":
      return objectSource(own);
    case "array":
      return own.items === undefined || Array.isArray(own.items)
        ? unsafe("unknown[]", own)
        : call("Type.Array", [toTypeBox(own.items)], rest(own, ["type", "items"]));
    case "string":
      if (typeof own.const === "string" && keys.length === 2)
        return `Type.Literal(${JSON.stringify(own.const)})`;
      if (isStrings(own.enum)) return unsafe(own.enum.map((value) => JSON.stringify(value)).join(" | "), own);
      return call("Type.String", [], rest(own, ["type"]));
    case "integer":
      return call("Type.Integer", [], rest(own, ["type"]));
    case "number":
      if (typeof own.const === "number" && keys.length === 2) return `Type.Literal(${own.const})`;
      return call("Type.Number", [], rest(own, ["type"]));
    case "boolean":
      return call("Type.Boolean", [], rest(own, ["type"]));
    case "null":
      return call("Type.Null", [], rest(own, ["type"]));
    default:
      return unsafe("unknown", own);
  }
}

function objectSource(schema: Schema): string {
  const known = ["type", "required", "properties", "additionalProperties"];
  const extra = rest(schema, known);
  if (schema.patternProperties !== undefined || (extra !== undefined && "allOf" in extra)) {
    return unsafe("Record<string, unknown>", schema);
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const members = properties.map(([name, value]) => {
    const source = toTypeBox(value);
    return `${propertyName(name)}: ${required.has(name) ? source : `Type.Optional(${source})`}`;
  });
  const additional =
    schema.additionalProperties === undefined
      ? {}
      : { additionalProperties: schema.additionalProperties === false ? "false" : additionalSource(schema) };
  return callRaw("Type.Object", [`{ ${members.join(", ")} }`], { ...rawOptions(extra), ...additional });
}

function additionalSource(schema: Schema): string {
  return schema.additionalProperties === true ? "true" : toTypeBox(schema.additionalProperties);
}

function unsafe(type: string, schema: Schema): string {
  return `Type.Unsafe<${type}>(${JSON.stringify(strip(schema))})`;
}

/** A copy without annotations, at every depth. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (!isSchema(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !((IGNORED.has(key) && typeof inner === "string") || key.startsWith("x-")))
      .map(([key, inner]) => [key, strip(inner)]),
  );
}

function call(name: string, args: readonly string[], options: Schema | undefined): string {
  return callRaw(name, args, rawOptions(options));
}

function callRaw(name: string, args: readonly string[], options: Readonly<Record<string, string>>): string {
  const entries = Object.entries(options);
  const last =
    entries.length === 0
      ? []
      : [`{ ${entries.map(([key, value]) => `${propertyName(key)}: ${value}`).join(", ")} }`];
  return `${name}(${[...args, ...last].join(", ")})`;
}

function rawOptions(options: Schema | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options ?? {}).map(([key, value]) => [key, JSON.stringify(strip(value))]),
  );
}

function rest(schema: Schema, known: readonly string[]): Schema | undefined {
  const entries = Object.entries(schema).filter(([key]) => !known.includes(key));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function isOnly(keys: readonly string[], key: string): boolean {
  return keys.length === 1 && keys[0] === key;
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isScalar(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
