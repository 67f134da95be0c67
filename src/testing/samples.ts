import fc from "fast-check";

type Schema = Readonly<Record<string, unknown>>;

/** What no schema expects, to be put where something else belongs. */
const STRAY = fc.constantFrom<unknown>(null, 0, -1, 1.5, "", " ", "x", true, [], {}, ["x"], { x: 1 });
const DEPTH_MAX = 5;

/**
 * Values near a JSON schema: mostly what it asks for, often wrong in one place or two (a missing property, one too
 * many, the wrong type, a bound missed by one). They are for holding two validators against each other.
 */
export function samplesNear(schema: unknown, depth = 0): fc.Arbitrary<unknown> {
  if (!isSchema(schema) || depth > DEPTH_MAX) return STRAY;
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: STRAY });
}

function fitting(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => samplesNear(choice, depth + 1)));
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "object":
      return objectNear(schema, depth);
    case "array":
      return fc.array(samplesNear(schema.items, depth + 1), { maxLength: bound(schema.maxItems, 2) + 1 });
    case "string":
      return textNear(schema);
    case "integer":
    case "number":
      return numberNear(schema);
    case "boolean":
      return fc.boolean();
    default:
      return STRAY;
  }
}

function objectNear(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const members = Object.entries(properties).map(([name, value]) =>
    fc
      .record(
        { [name]: samplesNear(value, depth + 1) },
        // A required property is left out now and then, an optional one is mostly absent.
        { requiredKeys: [] },
      )
      .chain((one) => fc.boolean().map((keep) => (required.has(name) || keep ? one : {}))),
  );
  const stray = fc.oneof(
    { weight: 8, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constant({ zz: 1 }) },
  );
  return fc.tuple(...members, stray).map((parts) => Object.assign({}, ...parts) as unknown);
}

function textNear(schema: Schema): fc.Arbitrary<unknown> {
  const longest = bound(schema.maxLength, 6);
  const around = [bound(schema.minLength, 0), longest, longest + 1].map((length) =>
    "é".repeat(Math.min(length, 2100)),
  );
  const matching = typeof schema.pattern === "string" ? textMatching(schema.pattern) : [];
  return fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom(...around, "\u{1F99E}"), ...matching);
}

/** The generator knows no look-around; a bound missed is then all that a pattern gets. */
function textMatching(pattern: string): fc.Arbitrary<string>[] {
  try {
    return [fc.stringMatching(new RegExp(pattern))];
  } catch {
    return [];
  }
}

function numberNear(schema: Schema): fc.Arbitrary<unknown> {
  const low = bound(schema.minimum, 0);
  const high = bound(schema.maximum, 100);
  return fc.oneof(
    fc.constantFrom(low - 1, low, high, high + 1, 0.5, 1e308),
    fc.integer({ min: -2, max: 200 }),
  );
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
