import { z } from "zod";

/** As much of a JSON schema as a generator of params needs; what else stands there is for validators. */
export interface Shape {
  readonly type?: string | readonly string[] | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Shape[] | undefined;
  readonly allOf?: readonly Shape[] | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Shape | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly pattern?: string | undefined;
}

export const Shape: z.ZodType<Shape> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(Shape).optional(),
    allOf: z.array(Shape).optional(),
    properties: z.record(z.string(), Shape).optional(),
    required: z.array(z.string()).optional(),
    items: z.union([Shape, z.boolean().transform(() => ({}))]).optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minItems: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    pattern: z.string().optional(),
  }),
);

/** What a member is called says what is likely to be there, and what is not. */
interface Guess {
  readonly name: RegExp;
  readonly likely: string;
  readonly absent: string;
}

const GUESSES: readonly Guess[] = [
  { name: /sessionKey|^key$/i, likely: "agent:main:differ", absent: "agent:zz:nowhere" },
  { name: /agentId$/i, likely: "main", absent: "zz" },
  { name: /path|file|dir|^cwd$/i, likely: "notes.txt", absent: "/nowhere/x" },
  { name: /url/i, likely: "https://example.com/x", absent: "not a url" },
  { name: /^id$|Id$/, likely: "absent-1", absent: "a/../b" },
  { name: /date|day$/i, likely: "2026-01-02", absent: "2026-02-31" },
  { name: /tz|timezone/i, likely: "UTC", absent: "Mars/Base" },
  { name: /provider/i, likely: "mock", absent: "zz" },
  { name: /model/i, likely: "mock/mock-1", absent: "zz/zz" },
];
const ANY_GUESS: Guess = { name: /./, likely: "text", absent: "a b\u0000é" };

const DEPTH_MAX = 5;
const LONG_MAX = 5_000;

const guessFor = (name: string): Guess => GUESSES.find((guess) => guess.name.test(name)) ?? ANY_GUESS;

/** The branches of a schema; most have one. */
export function branchesOf(shape: Shape): readonly Shape[] {
  if (shape.anyOf !== undefined) return shape.anyOf;
  return typeof shape.type === "object" ? shape.type.map((type) => ({ ...shape, type })) : [shape];
}

/** A value that a validator takes, as far as that can be told. */
export function validValue(name: string, shape: Shape, depth = 0): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum !== undefined) return shape.enum[0];
  const branch = shape.allOf?.[0] ?? branchesOf(shape)[0];
  if (branch !== undefined && branch !== shape) return validValue(name, branch, depth);
  switch (shape.type) {
    case "string":
      return guessFor(name).likely.padEnd(shape.minLength ?? 0, "x");
    case "integer":
    case "number":
      return Math.min(Math.max(5, shape.minimum ?? 0), shape.maximum ?? 5);
    case "boolean":
      return true;
    case "null":
      return null;
    case "array":
      return [validValue(name.replace(/s$/, ""), shape.items ?? {}, depth + 1)];
    case "object":
      return validObject(shape, () => false, depth + 1);
    default:
      return "any";
  }
}

/** Required members, and of the others those that are wanted. */
export function validObject(
  shape: Shape,
  isWanted: (name: string) => boolean,
  depth = 0,
): Record<string, unknown> {
  if (depth > DEPTH_MAX) return {};
  const required = new Set(shape.required);
  return Object.fromEntries(
    Object.entries(shape.properties ?? {})
      .filter(([name]) => required.has(name) || isWanted(name))
      .map(([name, member]) => [name, validValue(name, member, depth)]),
  );
}

/** Everything one member is worth trying with: each member of an enum, both sides of each bound, a wrong type. */
export function valuesToTry(name: string, shape: Shape): readonly unknown[] {
  return branchesOf(shape).flatMap((branch) => triesOf(name, branch));
}

function triesOf(name: string, shape: Shape): readonly unknown[] {
  if (shape.const !== undefined) return [shape.const];
  if (shape.enum !== undefined) return [...shape.enum, "zz"];
  switch (shape.type) {
    case "string":
      return stringsFor(name, shape);
    case "integer":
    case "number":
      return [...boundsOf(shape), "5", 1.5, -1];
    case "boolean":
      return [true, false, "true"];
    case "null":
      return [null];
    case "array":
      return [[], [validValue(name.replace(/s$/, ""), shape.items ?? {})], "zz"];
    case "object":
      return [validObject(shape, () => true), {}, "zz"];
    default:
      return ["any", 5, null];
  }
}

function stringsFor(name: string, { maxLength, pattern }: Shape): readonly unknown[] {
  const { likely, absent } = guessFor(name);
  const tooLong = maxLength !== undefined && maxLength < LONG_MAX ? ["x".repeat(maxLength + 1)] : [];
  return [
    likely,
    absent,
    "",
    ` ${likely.toUpperCase()} `,
    5,
    ...tooLong,
    ...(pattern === undefined ? [] : ["%"]),
  ];
}

function boundsOf({ minimum, maximum }: Shape): readonly number[] {
  const low = minimum === undefined ? [] : [minimum, minimum - 1];
  const high = maximum === undefined ? [] : [maximum, maximum + 1];
  return [...low, ...high];
}
