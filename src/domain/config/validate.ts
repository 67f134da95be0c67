import type { KeySchema } from "./keys.ts";
import type { ConfigIssue } from "./snapshot.ts";

/**
 * Holds a value against the key space, with the words and the order of the reference's own checker, which is what
 * an operator's habits and a client's error handling are made for. A complaint is `fatal` when it says that the
 * value is of the wrong kind, and not when the kind is right and a bound is missed or a key too many: it decides
 * which branch of a union may speak.
 */
interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly isFatal: boolean;
  readonly allowed?: readonly string[];
}

type Path = readonly (string | number)[];

export interface Validation {
  readonly issues: readonly ConfigIssue[];
  /** The sections in which a value is of the wrong kind, so that no rule can be asked about it. */
  readonly brokenSections: ReadonlySet<string>;
}

/** `resolve` follows a `$ref` of the compact schema. */
export function validate(
  value: unknown,
  schema: KeySchema,
  resolve: (schema: KeySchema) => KeySchema,
): Validation {
  const complaints = check(value, schema, [], resolve);
  const broken = complaints.filter((complaint) => complaint.isFatal);
  return {
    issues: complaints.map(toIssue),
    brokenSections: new Set(broken.map((complaint) => String(complaint.path[0] ?? ""))),
  };
}

function toIssue(complaint: Complaint): ConfigIssue {
  const { path, message, allowed } = complaint;
  return {
    path: path.join("."),
    message,
    ...(allowed === undefined ? {} : { allowedValues: allowed, allowedValuesHiddenCount: 0 }),
  };
}

type Resolve = (schema: KeySchema) => KeySchema;

function check(value: unknown, reference: KeySchema, path: Path, resolve: Resolve): Complaint[] {
  const schema = resolve(reference);
  if (schema.anyOf) return checkUnion(value, schema.anyOf, path, resolve);
  if (schema.oneOf) return checkTagged(value, schema.oneOf, path, resolve);
  if ("const" in schema) return checkConst(value, schema.const, path);
  if (schema.enum) return checkEnum(value, schema.enum, path);
  if (Array.isArray(schema.type)) {
    const kinds = schema.type.map((type) => ({ ...schema, type }));
    return checkUnion(value, kinds, path, resolve);
  }
  switch (schema.type) {
    case "object":
      return checkObject(value, schema, path, resolve);
    case "array":
      return checkArray(value, schema, path, resolve);
    case "string":
      return checkString(value, schema, path);
    case "number":
    case "integer":
      return checkNumber(value, schema, path);
    case "boolean":
      if (typeof value === "boolean") return [];
      return [
        {
          ...wrongKind("boolean", value, path),
          message: `${wrongKind("boolean", value, path).message} (allowed: true, false)`,
          allowed: ["true", "false"],
        },
      ];
    case "null":
      return value === null ? [] : [wrongKind("null", value, path)];
    default:
      return [];
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number" && Number.isNaN(value)) return "NaN";
  return typeof value;
}

function wrongKind(expected: string, value: unknown, path: Path): Complaint {
  return { path, message: `Invalid input: expected ${expected}, received ${kindOf(value)}`, isFatal: true };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkObject(value: unknown, schema: KeySchema, path: Path, resolve: Resolve): Complaint[] {
  const properties = schema.properties ?? {};
  const isRecordType = schema.propertyNames !== undefined;
  if (!isRecord(value)) return [wrongKind(isRecordType ? "record" : "object", value, path)];
  const complaints: Complaint[] = [];
  const required = new Set(schema.required ?? []);
  for (const [key, member] of Object.entries(properties)) {
    const present = Object.hasOwn(value, key) && value[key] !== undefined;
    if (present || required.has(key)) complaints.push(...check(value[key], member, [...path, key], resolve));
  }
  const others = Object.keys(value).filter((key) => !Object.hasOwn(properties, key));
  if (schema.additionalProperties === false) {
    if (others.length > 0) complaints.push(unknownKeys(others, path));
    return complaints;
  }
  for (const key of others) {
    if (schema.propertyNames && check(key, schema.propertyNames, [], resolve).length > 0) {
      complaints.push({ path: [...path, key], message: "Invalid key in record", isFatal: true });
    } else if (isRecord(schema.additionalProperties)) {
      complaints.push(...check(value[key], schema.additionalProperties, [...path, key], resolve));
    }
  }
  return complaints;
}

function unknownKeys(keys: readonly string[], path: Path): Complaint {
  const names = keys.map((key) => JSON.stringify(key)).join(", ");
  return { path, message: `Unrecognized key${keys.length > 1 ? "s" : ""}: ${names}`, isFatal: false };
}

function checkArray(value: unknown, schema: KeySchema, path: Path, resolve: Resolve): Complaint[] {
  if (!Array.isArray(value)) return [wrongKind("array", value, path), ...lengthOf(value, schema, path)];
  const complaints: Complaint[] = [];
  const { items } = schema;
  if (items !== undefined && !isTuple(items)) {
    for (const [index, item] of value.entries())
      complaints.push(...check(item, items, [...path, index], resolve));
  }
  return [...complaints, ...lengthOf(value, schema, path)];
}

/** What has a length is measured, also when a text stands where a list should, or a list where a text should. */
function lengthOf(value: unknown, schema: KeySchema, path: Path): Complaint[] {
  const isText = typeof value === "string";
  if (!isText && !Array.isArray(value)) return [];
  const [kind, unit] = isText ? ["string", "characters"] : ["array", "items"];
  const least = schema.minLength ?? schema.minItems ?? 0;
  const most = schema.maxLength ?? schema.maxItems ?? Number.POSITIVE_INFINITY;
  const complaints: Complaint[] = [];
  if (value.length < least)
    complaints.push(bound(path, `Too small: expected ${kind} to have >=${least} ${unit}`));
  if (value.length > most)
    complaints.push(bound(path, `Too big: expected ${kind} to have <=${most} ${unit}`));
  return complaints;
}

function isTuple(items: KeySchema | readonly KeySchema[]): items is readonly KeySchema[] {
  return Array.isArray(items);
}

function bound(path: Path, message: string): Complaint {
  return { path, message, isFatal: false };
}

/** Messages that the reference gives to patterns in place of the pattern itself. */
const PATTERN_MESSAGES: Readonly<Record<string, string>> = {
  "provider ^[a-z][a-z0-9_-]{0,63}$":
    'Secret reference provider must match /^[a-z][a-z0-9_-]{0,63}$/ (example: "default").',
  "id ^[A-Z][A-Z0-9_]{0,127}$":
    'Env secret reference id must match /^[A-Z][A-Z0-9_]{0,127}$/ (example: "OPENAI_API_KEY").',
  "seamColor ^#?[0-9a-fA-F]{6}$": "expected hex color (RRGGBB)",
};

function checkString(value: unknown, schema: KeySchema, path: Path): Complaint[] {
  if (typeof value !== "string") return [wrongKind("string", value, path), ...lengthOf(value, schema, path)];
  const complaints = lengthOf(value, schema, path);
  const { pattern, format } = schema;
  if (pattern !== undefined && !new RegExp(pattern).test(value)) {
    const own = PATTERN_MESSAGES[`${path.at(-1)} ${pattern}`];
    complaints.push(bound(path, own ?? `Invalid string: must match pattern /${pattern}/`));
  }
  if (format === "uri" && !URL.canParse(value)) complaints.push(bound(path, "Invalid URL"));
  return complaints;
}

function checkNumber(value: unknown, schema: KeySchema, path: Path): Complaint[] {
  if (typeof value !== "number" || Number.isNaN(value)) return [wrongKind("number", value, path)];
  if (!Number.isFinite(value)) {
    return [{ path, message: "Invalid input: expected number, received Infinity", isFatal: true }];
  }
  if (schema.type === "integer" && !Number.isInteger(value)) {
    return [{ path, message: "Invalid input: expected int, received number", isFatal: true }];
  }
  const complaints: Complaint[] = [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && value < minimum) {
    complaints.push(bound(path, `Too small: expected number to be >=${minimum} (minimum: ${minimum})`));
  }
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    const text = `>${exclusiveMinimum} (must be greater than ${exclusiveMinimum})`;
    complaints.push(bound(path, `Too small: expected number to be ${text}`));
  }
  if (maximum !== undefined && value > maximum) {
    complaints.push(bound(path, `Too big: expected number to be <=${maximum} (maximum: ${maximum})`));
  }
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    const text = `<${exclusiveMaximum} (must be less than ${exclusiveMaximum})`;
    complaints.push(bound(path, `Too big: expected number to be ${text}`));
  }
  return complaints;
}

function checkConst(value: unknown, wanted: unknown, path: Path): Complaint[] {
  if (value === wanted) return [];
  const text = JSON.stringify(wanted);
  const message = `Invalid input: expected ${text} (allowed: ${text})`;
  return [{ path, message, isFatal: true, allowed: [String(wanted)] }];
}

function checkEnum(value: unknown, options: readonly unknown[], path: Path): Complaint[] {
  if (options.includes(value)) return [];
  const names = options.map((option) => JSON.stringify(option));
  const message =
    names.length === 1
      ? `Invalid input: expected ${names[0]} (allowed: ${names[0]})`
      : `Invalid option: expected one of ${names.join("|")}`;
  return [{ path, message, isFatal: true, allowed: options.map(String) }];
}

/** The values a branch can be, when they can be counted. */
function literals(reference: KeySchema, resolve: Resolve): readonly unknown[] | undefined {
  const schema = resolve(reference);
  if ("const" in schema) return [schema.const];
  if (schema.enum) return schema.enum;
  if (schema.type === "boolean") return [true, false];
  if (!schema.anyOf) return undefined;
  const inner = schema.anyOf.map((branch) => literals(branch, resolve));
  return inner.every((list) => list !== undefined) ? inner.flat() : undefined;
}

/** When exactly one branch fits in kind, its complaints are the answer; otherwise the union is. */
function checkUnion(
  value: unknown,
  branches: readonly KeySchema[],
  path: Path,
  resolve: Resolve,
): Complaint[] {
  const outcomes = branches.map((branch) => check(value, branch, path, resolve));
  if (outcomes.some((complaints) => complaints.length === 0)) return [];
  const nearMisses = outcomes.filter((complaints) => complaints.every((complaint) => !complaint.isFatal));
  const [only] = nearMisses;
  if (only !== undefined && nearMisses.length === 1) return only;
  const values = branches.map((branch) => literals(branch, resolve));
  if (!values.every((list) => list !== undefined)) return [{ path, message: "Invalid input", isFatal: true }];
  const allowed = values.flat();
  const names = allowed.map((option) => JSON.stringify(option)).join(", ");
  return [
    { path, message: `Invalid input (allowed: ${names})`, isFatal: true, allowed: allowed.map(String) },
  ];
}

/** A union whose branches differ in one constant member: that member picks the branch. */
function checkTagged(
  value: unknown,
  branches: readonly KeySchema[],
  path: Path,
  resolve: Resolve,
): Complaint[] {
  if (!isRecord(value)) return [wrongKind("object", value, path)];
  for (const branch of branches) {
    const schema = resolve(branch);
    const tags = Object.entries(schema.properties ?? {}).filter(([, member]) => "const" in resolve(member));
    if (tags.length > 0 && tags.every(([key, member]) => value[key] === resolve(member).const)) {
      return check(value, schema, path, resolve);
    }
  }
  return [{ path, message: "Invalid input", isFatal: true }];
}
