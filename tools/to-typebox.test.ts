import { Type } from "@sinclair/typebox";
import { expect, test } from "vitest";
import { constant, oneOf } from "../schemas/shapes/literals.ts";
import { toTypeBox } from "./to-typebox.ts";

const evaluate = (source: string): unknown =>
  new Function("Type", "constant", "oneOf", `return ${source.replaceAll(/Unsafe<[^(]*>/g, "Unsafe")}`)(
    Type,
    constant,
    oneOf,
  );

test.for([
  {
    type: "object",
    required: ["a"],
    properties: { a: { type: "string", minLength: 1 }, b: { type: "integer" } },
    additionalProperties: false,
  },
  { enum: ["low", "high"] },
  { const: "x" },
  { type: "string", const: "x" },
  { type: "string", enum: ["a", "b"] },
  { anyOf: [{ type: "null" }, { type: "array", items: { type: "number" }, maxItems: 3 }] },
  { type: "object", patternProperties: { "^.*$": { type: "boolean" } } },
  { type: "object", properties: { "odd-name": {} } },
])("the source says what the schema says: %j", (schema) => {
  expect(JSON.parse(JSON.stringify(evaluate(toTypeBox(schema))))).toEqual(schema);
});

test("descriptions stay behind, at every depth", () => {
  const source = toTypeBox({
    type: "object",
    description: "prose",
    properties: { a: { anyOf: [{ type: "string", description: "prose" }], default: 1 } },
  });
  expect(source).not.toContain("prose");
});
