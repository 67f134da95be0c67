import { type Complaint, complain, type Node, type Schema } from "./complaint.ts";
import { checkNumber, checkString } from "./explain-scalar.ts";

/**
 * Says what is wrong with a value, in the words that clients of the reference know: its validator's order (a
 * node's own type first, then missing, unexpected and wrong members, then unions), at most eight complaints, the
 * same one never twice. Also says whether a value is right at all, which is what decides.
 */

const COMPLAINTS_MAX = 8;

/** Undefined when the value is right. */
export function explain(schema: Schema, value: unknown): string | undefined {
  const found: Complaint[] = [];
  if (check(schema, value, "", found)) return undefined;
  const told = found.slice(0, COMPLAINTS_MAX);
  const objects = told.flatMap(({ closed }) => (closed === undefined || closed.isMember ? [] : [closed]));
  const texts = told
    .filter(
      ({ closed }) =>
        !closed?.isMember ||
        !objects.some((object) => object.schema === closed.schema && object.path === closed.path),
    )
    .map((one) => (one.path === "" ? one.text : `at ${one.path}: ${one.text}`));
  return [...new Set(texts)].join("; ");
}

/** Looks at everything, also after a failure: the complaints are wanted. Returns whether the value is right. */
function check(schema: Schema, value: unknown, path: string, found: Complaint[]): boolean {
  if (typeof schema === "boolean") return schema || complain(found, path, "schema is false");
  const results = [
    checkType(schema, value, path, found),
    isObject(value) ? checkObject(schema, value, path, found) : true,
    Array.isArray(value) ? checkArray(schema, value, path, found) : true,
    typeof value === "string" ? checkString(schema, value, path, found) : true,
    typeof value === "number" ? checkNumber(schema, value, path, found) : true,
    checkCombined(schema, value, path, found),
  ];
  return !results.includes(false);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkType(schema: Node, value: unknown, path: string, found: Complaint[]): boolean {
  const type = schema["type"];
  if (type === undefined) return true;
  if (typeof type === "string") return isOfType(type, value) || complain(found, path, `must be ${type}`);
  const types = type as readonly string[];
  return (
    types.some((one) => isOfType(one, value)) || complain(found, path, `must be either ${types.join(" or ")}`)
  );
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case "object":
      return isObject(value);
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "number":
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function checkObject(
  schema: Node,
  value: Record<string, unknown>,
  path: string,
  found: Complaint[],
): boolean {
  const required = checkRequired(schema, value, path, found);
  const additional = checkAdditional(schema, value, path, found);
  const patterned = checkPatterned(schema, value, path, found);
  let isRight = required && additional && patterned;
  const properties = schema["properties"] as Readonly<Record<string, Schema>> | undefined;
  for (const name in properties) {
    const member = properties[name];
    if (member === undefined || !Object.hasOwn(value, name)) continue;
    if (!check(member, value[name], `${path}/${name}`, found)) isRight = false;
  }
  const count = Object.keys(value).length;
  const { minProperties, maxProperties } = schema;
  if (typeof minProperties === "number" && count < minProperties) {
    isRight = complain(found, path, `must not have fewer than ${minProperties} properties`);
  }
  if (typeof maxProperties === "number" && count > maxProperties) {
    isRight = complain(found, path, `must not have more than ${maxProperties} properties`);
  }
  return isRight;
}

function checkRequired(schema: Node, value: object, path: string, found: Complaint[]): boolean {
  const required = schema["required"] as readonly string[] | undefined;
  const missing = required?.find((name) => !Object.hasOwn(value, name));
  return missing === undefined || complain(found, path, `must have required property '${missing}'`);
}

/**
 * Names one unexpected member only, and says `root` where others say nothing. The complaints about the members come
 * first and count towards the bound, even though they are not told.
 */
function checkAdditional(
  schema: Node,
  value: Record<string, unknown>,
  path: string,
  found: Complaint[],
): boolean {
  const additional = schema["additionalProperties"] as Schema | undefined;
  if (additional === undefined || additional === true) return true;
  const unexpected: string[] = [];
  for (const name of undeclared(schema, value)) {
    const place = `${path}/${name}`;
    if (additional === false) {
      found.push({ path: place, text: "schema is false", closed: { schema, path, isMember: true } });
    } else if (check(additional, value[name], place, found)) continue;
    unexpected.push(name);
  }
  if (unexpected.length === 0) return true;
  const text = `unexpected property '${unexpected.find((name) => name !== "")}'`;
  found.push({ path: path === "" ? "root" : path, text, closed: { schema, path, isMember: false } });
  return false;
}

function undeclared(schema: Node, value: Record<string, unknown>): string[] {
  const properties = schema["properties"] as Node | undefined;
  const patterned = schema["patternProperties"] as Node | undefined;
  const patterns = Object.keys(patterned ?? {}).map((pattern) => new RegExp(pattern, "u"));
  return Object.keys(value).filter(
    (name) =>
      !(properties !== undefined && Object.hasOwn(properties, name)) &&
      !patterns.some((pattern) => pattern.test(name)),
  );
}

function checkPatterned(
  schema: Node,
  value: Record<string, unknown>,
  path: string,
  found: Complaint[],
): boolean {
  let isRight = true;
  const patterned = schema["patternProperties"] as Readonly<Record<string, Schema>> | undefined;
  for (const [pattern, member] of Object.entries(patterned ?? {})) {
    const expression = new RegExp(pattern, "u");
    for (const [name, item] of Object.entries(value)) {
      if (expression.test(name) && !check(member, item, `${path}/${name}`, found)) isRight = false;
    }
  }
  return isRight;
}

function checkArray(schema: Node, value: readonly unknown[], path: string, found: Complaint[]): boolean {
  const { contains, maxItems, minItems, uniqueItems } = schema;
  let isRight =
    contains === undefined ||
    value.some((item) => check(contains as Schema, item, path, [])) ||
    complain(found, path, "must contain at least 1 valid item");
  if (!checkItems(schema, value, path, found)) isRight = false;
  if (typeof maxItems === "number" && value.length > maxItems) {
    isRight = complain(found, path, `must not have more than ${maxItems} items`);
  }
  if (typeof minItems === "number" && value.length < minItems) {
    isRight = complain(found, path, `must not have fewer than ${minItems} items`);
  }
  if (uniqueItems === true && new Set(value.map(canonical)).size !== value.length) {
    isRight = complain(found, path, "must not have duplicate items");
  }
  return isRight;
}

/** `items` for every item, or one schema per place with `additionalItems` for the rest. */
function checkItems(schema: Node, value: readonly unknown[], path: string, found: Complaint[]): boolean {
  const { items, additionalItems } = schema;
  let isRight = true;
  value.forEach((item, index) => {
    const place = Array.isArray(items) ? ((items[index] as Schema | undefined) ?? additionalItems) : items;
    if (place !== undefined && !check(place as Schema, item, `${path}/${index}`, found)) isRight = false;
  });
  return isRight;
}

/** Equal values give equal texts, whatever the order of their members. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

function checkCombined(schema: Node, value: unknown, path: string, found: Complaint[]): boolean {
  let isRight = true;
  if ("const" in schema && canonical(schema["const"]) !== canonical(value)) {
    isRight = complain(found, path, "must be equal to constant");
  }
  const allowed = schema["enum"] as readonly unknown[] | undefined;
  if (allowed !== undefined && !allowed.some((one) => canonical(one) === canonical(value))) {
    isRight = complain(found, path, "must be equal to one of the allowed values");
  }
  const { not, allOf, anyOf, oneOf } = schema;
  if (not !== undefined && check(not as Schema, value, path, [])) {
    isRight = complain(found, path, "must not be valid");
  }
  if (allOf !== undefined && !checkAll(allOf as readonly Schema[], value, path, found)) isRight = false;
  if (anyOf !== undefined && !checkAny(anyOf as readonly Schema[], value, path, found)) isRight = false;
  if (oneOf !== undefined && !checkOne(oneOf as readonly Schema[], value, path, found)) isRight = false;
  return isRight;
}

function checkAll(members: readonly Schema[], value: unknown, path: string, found: Complaint[]): boolean {
  return !members.map((member) => check(member, value, path, found)).includes(false);
}

/** The complaints of all members come before the one about the union. */
function checkAny(members: readonly Schema[], value: unknown, path: string, found: Complaint[]): boolean {
  const complaints: Complaint[] = [];
  if (members.map((member) => check(member, value, path, complaints)).includes(true)) return true;
  found.push(...complaints);
  return complain(found, path, "must match a schema in anyOf");
}

function checkOne(members: readonly Schema[], value: unknown, path: string, found: Complaint[]): boolean {
  const complaints: Complaint[] = [];
  const matching = members.filter((member) => check(member, value, path, complaints)).length;
  if (matching === 1) return true;
  if (matching === 0) found.push(...complaints);
  return complain(found, path, "must match exactly one schema in oneOf");
}
