import { type Complaint, complain, type Node } from "./complaint.ts";

export function checkString(schema: Node, value: string, path: string, found: Complaint[]): boolean {
  let isRight = true;
  const { format, maxLength, minLength, pattern } = schema;
  if (typeof maxLength === "number" && value.length > maxLength && lengthOf(value) > maxLength) {
    isRight = complain(found, path, `must not have more than ${maxLength} characters`);
  }
  if (typeof minLength === "number" && minLength > 0 && lengthOf(value) < minLength) {
    isRight = complain(found, path, `must not have fewer than ${minLength} characters`);
  }
  if (typeof format === "string" && FORMATS[format]?.test(value) === false) {
    isRight = complain(found, path, `must match format "${format}"`);
  }
  if (typeof pattern === "string" && !new RegExp(pattern, "u").test(value)) {
    isRight = complain(found, path, `must match pattern "${pattern}"`);
  }
  return isRight;
}

/** The formats that the contract uses. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  "date-time":
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
};

/** Lengths are counted as a reader sees them; plain ASCII needs no segmenting. */
function lengthOf(value: string): number {
  // oxlint-disable-next-line no-control-regex -- the range of ASCII
  if (/^[\u0000-\u007f]*$/.test(value)) return value.length;
  let count = 0;
  for (const _segment of new Intl.Segmenter().segment(value)) count += 1;
  return count;
}

export function checkNumber(schema: Node, value: number, path: string, found: Complaint[]): boolean {
  let isRight = true;
  const { exclusiveMaximum, exclusiveMinimum, maximum, minimum, multipleOf } = schema;
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) {
    isRight = complain(found, path, `must be < ${exclusiveMaximum}`);
  }
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) {
    isRight = complain(found, path, `must be > ${exclusiveMinimum}`);
  }
  if (typeof maximum === "number" && value > maximum) {
    isRight = complain(found, path, `must be <= ${maximum}`);
  }
  if (typeof minimum === "number" && value < minimum) {
    isRight = complain(found, path, `must be >= ${minimum}`);
  }
  if (typeof multipleOf === "number" && value % multipleOf !== 0) {
    isRight = complain(found, path, `must be multiple of ${multipleOf}`);
  }
  return isRight;
}
