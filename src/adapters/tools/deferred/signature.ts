/** Characters of a signature; what is longer is described on request. */
const SIGNATURE_CHARS_MAX = 600;

type Schema = Readonly<Record<string, unknown>>;

/** A JSON Schema as a model reads it fastest: `{ query: string; limit?: number }`. */
export function signatureOf(schema: Schema): string {
  const text = typeOf(schema);
  return text.length > SIGNATURE_CHARS_MAX ? "unknown" : text;
}

function typeOf(given: unknown): string {
  if (!isSchema(given)) return "unknown";
  const { const: fixed, enum: choices, anyOf } = given;
  if (fixed !== undefined) return JSON.stringify(fixed);
  if (Array.isArray(choices)) return choices.map((one: unknown) => JSON.stringify(one)).join(" | ");
  if (Array.isArray(anyOf)) return anyOf.map(typeOf).join(" | ");
  switch (given["type"]) {
    case "object":
      return objectType(given);
    case "array":
      return `Array<${typeOf(given["items"])}>`;
    case "integer":
    case "number":
      return `number${boundsOf(given)}`;
    case "string":
    case "boolean":
    case "null":
      return given["type"];
    default:
      return "unknown";
  }
}

function objectType(schema: Schema): string {
  const { properties, required } = schema;
  if (!isSchema(properties)) return "object";
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name);
  const names = Object.keys(properties).sort(
    (a, b) => Number(isRequired(b)) - Number(isRequired(a)) || a.localeCompare(b),
  );
  const members = names.map((name) => `${name}${isRequired(name) ? "" : "?"}: ${typeOf(properties[name])}`);
  return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
}

function boundsOf(schema: Schema): string {
  const { type, minimum, maximum } = schema;
  const bounds = [
    ...(type === "integer" ? ["integer"] : []),
    ...(typeof minimum === "number" ? [`>= ${minimum}`] : []),
    ...(typeof maximum === "number" ? [`<= ${maximum}`] : []),
  ];
  return bounds.length === 0 ? "" : ` /* ${bounds.join(", ")} */`;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
