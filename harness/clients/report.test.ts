import { expect, test } from "vitest";
import { shapeOf } from "../shape/shape.ts";
import { differences, type Visit } from "./report.ts";

function visit(gateway: string, facts: Visit["facts"], error?: string): Visit {
  return { client: "tui", gateway, durationMs: 1, facts, error };
}

test("a fact that one gateway lacks is a difference", () => {
  const found = differences([visit("a", { reply: "x", gap: false }), visit("b", { reply: "x" })]);
  expect(found).toEqual([{ client: "tui", fact: "gap", values: { a: false, b: undefined } }]);
});

test("equal experiences leave nothing to say, and a failed visit is not a fact", () => {
  expect(differences([visit("a", { reply: ["x"] }), visit("b", { reply: ["x"] })])).toEqual([]);
  expect(differences([visit("a", { reply: "x" }), visit("b", undefined, "gone")])).toEqual([]);
});

test("a shape has keys and types, and each kind of list item once", () => {
  expect(shapeOf({ b: 1, a: [{ x: null }, { x: null }, { x: "s" }] })).toEqual({
    a: [{ x: "null" }, { x: "string" }],
    b: "number",
  });
});
