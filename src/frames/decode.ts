import type { RequestFrame } from "../../schemas/frames.ts";
import { POLICY } from "../../schemas/policy.ts";

/** What a text from the peer turned out to be. */
export type Decoded =
  | { readonly kind: "request"; readonly request: RequestFrame }
  /** JSON, and not a request we could run. `id` is what the response echoes, `problem` what is wrong with it. */
  | { readonly kind: "invalid"; readonly id: unknown; readonly problem: string }
  | { readonly kind: "not-json" };

const NOT_JSON: Decoded = { kind: "not-json" };

/** compat(FR3): the id of a response to a frame that carries none. */
const ID_WHEN_ABSENT = "invalid";

/** Total: any text gives an answer, none makes it throw. */
export function decodeFrame(text: string): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
  const problem = requestProblem(value);
  // The checks above are the schema's own, so the value is a request frame when there is no problem.
  if (problem === undefined) return { kind: "request", request: value as RequestFrame };
  return { kind: "invalid", id: idOf(value), problem };
}

function idOf(value: unknown): unknown {
  if (!isObject(value)) return ID_WHEN_ABSENT;
  return value["id"] ?? ID_WHEN_ABSENT;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text after `invalid request frame: `, or undefined for a good frame. Written out because every frame pays it. */
function requestProblem(value: unknown): string | undefined {
  if (!isObject(value)) return "must be object";
  const { type, id, method, traceparent, expectedProfileId } = value;
  if (
    type === "req" &&
    typeof id === "string" &&
    id !== "" &&
    typeof method === "string" &&
    method !== "" &&
    isOptionalText(traceparent, 0, POLICY.traceparentCharsMax) &&
    isOptionalText(expectedProfileId, 1, POLICY.profileIdCharsMax) &&
    hasOnlyKnownMembers(value)
  ) {
    return undefined;
  }
  return describe(value);
}

function isOptionalText(value: unknown, min: number, max: number): boolean {
  return value === undefined || (typeof value === "string" && value.length >= min && value.length <= max);
}

function hasOnlyKnownMembers(value: Record<string, unknown>): boolean {
  for (const key in value) {
    if (!MEMBERS.has(key)) return false;
  }
  return true;
}

const MEMBERS: ReadonlySet<string> = new Set([
  "type",
  "id",
  "method",
  "params",
  "traceparent",
  "expectedProfileId",
]);

/** Complaints that are told at most; the ones about single unexpected members count, though they are not told. */
const PROBLEMS_MAX = 8;

/**
 * compat(FR3): the first missing member, then the first unexpected one, then what is wrong with those
 * that are there, in the order of the contract.
 */
function describe(value: Record<string, unknown>): string {
  const missing = REQUIRED.find((name) => !Object.hasOwn(value, name));
  const unexpected = Object.keys(value).filter((name) => !MEMBERS.has(name));
  const each = unexpected.map((name) => `at /${name}: schema is false`);
  const all = `at root: unexpected property '${unexpected.find((name) => name !== "")}'`;
  const problems = [
    ...(missing === undefined ? [] : [`must have required property '${missing}'`]),
    ...(unexpected.length === 0 ? [] : [...each, all]),
    ...typeProblems(value["type"]),
    ...textProblems("id", value["id"], 1, Number.MAX_SAFE_INTEGER),
    ...textProblems("method", value["method"], 1, Number.MAX_SAFE_INTEGER),
    ...textProblems("traceparent", value["traceparent"], 0, POLICY.traceparentCharsMax),
    ...textProblems("expectedProfileId", value["expectedProfileId"], 1, POLICY.profileIdCharsMax),
  ].slice(0, PROBLEMS_MAX);
  const told = problems.includes(all) ? problems.filter((problem) => !each.includes(problem)) : problems;
  return told.join("; ");
}

const REQUIRED = ["type", "id", "method"];

function typeProblems(type: unknown): string[] {
  if (type === undefined || type === "req") return [];
  const constant = "at /type: must be equal to constant";
  return typeof type === "string" ? [constant] : ["at /type: must be string", constant];
}

function textProblems(name: string, value: unknown, min: number, max: number): string[] {
  if (value === undefined) return [];
  if (typeof value !== "string") return [`at /${name}: must be string`];
  if (value.length < min) return [`at /${name}: must not have fewer than ${min} characters`];
  return value.length > max ? [`at /${name}: must not have more than ${max} characters`] : [];
}
