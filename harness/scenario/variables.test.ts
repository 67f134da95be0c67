import { expect, test } from "vitest";
import { merge } from "./merge.ts";
import { at, pointerMatches, segmentsOf } from "./pointer.ts";
import { fill, UnboundVariable, variablesIn } from "./variables.ts";

const VARIABLES = new Map<string, unknown>([
  ["run", "r1"],
  ["port", 21_000],
]);

test.for([
  ["${run}", "r1"],
  ["${port}", 21_000],
  ["at ${port}", "at 21000"],
  ["$${HOME}/${run}", "${HOME}/r1"],
  [{ "/x/${run}": ["${run}", 1, null] }, { "/x/r1": ["r1", 1, null] }],
] as const)("%j is filled as %j", ([given, wanted]) => {
  expect(fill(given, VARIABLES)).toEqual(wanted);
});

test("a variable that nobody saved is an error of its own", () => {
  expect(() => fill("${other}", VARIABLES)).toThrow(UnboundVariable);
});

test("the variables of a value are found wherever they stand", () => {
  expect([...variablesIn({ "${a}": ["x ${b} ${a}"], c: "$${C}" })]).toEqual(["a", "b"]);
});

test.for([
  ["/a/*/c", "/a/0/c", true],
  ["/**/c", "/c", true],
  ["/**/c", "/a/b/c", true],
  ["/a/**", "/a", true],
  ["/a/*", "/a", false],
  ["/a/*/c", "/a/b/d", false],
  ["/a", "/a/b", false],
] as const)("pattern %s on %s: %s", ([pattern, pointer, isMatch]) => {
  expect(pointerMatches(pattern, segmentsOf(pointer))).toBe(isMatch);
});

test("pointers reach into lists and escaped keys", () => {
  const document = { "a/b": [{ "~": 1 }, { x: 2 }] };
  expect(at(document, "/a~1b/0/~0")).toBe(1);
  expect(at(document, "/a~1b/-1/x")).toBe(2);
  expect(at(document, "/toString")).toBeUndefined();
  expect(at(document, "")).toBe(document);
});

test("merging replaces lists, merges maps, and removes nulls", () => {
  expect(merge({ a: { b: 1, c: [1] }, d: 2 }, { a: { c: [2], e: 3 }, d: null })).toEqual({
    a: { b: 1, c: [2], e: 3 },
  });
});
