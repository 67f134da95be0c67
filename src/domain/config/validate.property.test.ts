import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { type KeySchema, loadKeySpace } from "./keys.ts";
import { validate } from "./validate.ts";

const space = await loadKeySpace({ extensions: false });

/** The schema without references, as zod reads it. */
function expand(schema: KeySchema): KeySchema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const target = "$ref" in value ? space.resolve(value as KeySchema) : (value as KeySchema);
    // zod reads `oneOf` as "exactly one" and not as the tagged union it was: one branch of it is enough here.
    if (target.oneOf?.[0] !== undefined) return walk(target.oneOf[0]);
    return Object.fromEntries(Object.entries(target).map(([key, member]) => [key, walk(member)]));
  };
  return walk(schema) as KeySchema;
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, "", "x", "auto", 0, -1, 1.5, 70_000, true, false),
  fc.constant([]),
  fc.constant({}),
  fc.constant({ foo: 1, bar: 2 }),
);

/** Values that are mostly what the schema asks for, with something wrong here and there. */
function near(schema: KeySchema, depth = 0): fc.Arbitrary<unknown> {
  const right = rightFor(schema, depth);
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: junk });
}

function rightFor(schema: KeySchema, depth: number): fc.Arbitrary<unknown> {
  if (depth > 5) return junk;
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((branch) => near(branch, depth + 1)));
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((branch) => near(branch, depth + 1)));
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === "object") return objectFor(schema, depth);
  if (schema.type === "array") {
    return fc.array(near((schema.items as KeySchema | undefined) ?? {}, depth + 1), { maxLength: 3 });
  }
  if (schema.type === "string")
    return fc.constantFrom("", "a", "A_B", "default", "https://h.example", "-", "x".repeat(30));
  if (schema.type === "integer" || schema.type === "number")
    return fc.constantFrom<unknown>(0, 1, 23, 24, 2.5, 8080, 99_999, -3);
  return schema.type === "boolean" ? fc.boolean() : junk;
}

function objectFor(schema: KeySchema, depth: number): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(
    ([key, member]) => [key, near(member, depth + 1)] as const,
  );
  const known = fc.record(Object.fromEntries(members), { requiredKeys: [] });
  const extra =
    typeof schema.additionalProperties === "object"
      ? fc.dictionary(fc.constantFrom("a", "b_1", "Bad Key"), near(schema.additionalProperties, depth + 1), {
          maxKeys: 2,
        })
      : fc.constantFrom<Record<string, unknown>>({}, {}, {}, { unheard: 1 });
  return fc.tuple(known, extra).map(([left, right]) => ({ ...left, ...right }));
}

/** Ways in which zod's reader of JSON Schema speaks otherwise than the schema it came from. */
function settleWords(line: string): string {
  return line
    .replace("expected record", "expected object")
    .replace(/Invalid string: must match pattern \/.*$/, "Invalid string");
}

/** What the reference adds to zod's own words. */
const ADDED = / \((?:allowed: .*|minimum: .*|maximum: .*|must be (?:greater|less) than .*)\)$/;
/** Patterns to which the reference gives words of its own. */
const OWN_WORDS = /^(?:Secret reference provider|Env secret reference id|expected hex color)/;

const SECTIONS = [
  "env",
  "logging",
  "secrets",
  "auth",
  "models",
  "messages",
  "session",
  "cron",
  "gateway",
  "update",
  "discovery",
];

/** zod is what the reference checks with: the same complaints, in the same words, at the same places. */
test.for(SECTIONS)("[CF1] what is wrong with `%s` is what zod finds wrong with it", (name) => {
  const member = space.schema.properties?.[name];
  if (member === undefined) throw new Error(`no section ${name}`);
  const schema = expand(member);
  // Our schema is a subset of JSON Schema that zod's reader takes as it is.
  const oracle = z.fromJSONSchema(schema as never);
  fc.assert(
    fc.property(near(schema), (value) => {
      const outcome = oracle.safeParse(value);
      const theirs = (outcome.error?.issues ?? []).map(
        (issue) => `${issue.path.join(".")}: ${issue.message}`,
      );
      const ours = validate(value, schema, space.resolve).issues.map(({ path, message }) => {
        const text = message.replace(ADDED, "");
        return `${path}: ${OWN_WORDS.test(text) ? "Invalid string" : text}`;
      });
      expect(ours.map(settleWords)).toEqual(theirs.map(settleWords));
    }),
    { numRuns: 150 },
  );
});
