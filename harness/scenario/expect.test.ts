import { expect, test } from "vitest";
import { unmet } from "./expect.ts";

const ANSWER = {
  ok: true,
  payload: { list: [{ key: "a", n: 1 }, { key: "b" }], text: "hello", none: [], zero: 0 },
};

test.for([
  { ok: true },
  { nonEmpty: "/payload/list" },
  { nonEmpty: ["/payload/text", "/payload/zero"] },
  { present: "/payload/none" },
  { absent: "/payload/other" },
  { equals: { "/payload/list/0": { key: "a", n: 1 } } },
  { notEquals: { "/payload/list/0": { key: "a" } } },
  { matches: { "/payload/text": "^h.*o$" } },
  { count: { "/payload/list": 2, "/payload/text": 5 } },
  { includes: { "/payload/list": { key: "a" }, "/payload/text": "ell", "/payload": "list" } },
  { excludes: { "/payload/list": { key: "c" } } },
  { atLeast: { "/payload/zero": 0 }, atMost: { "/payload/zero": 0 } },
])("%j holds", (expectation) => {
  expect(unmet(expectation, ANSWER)).toEqual([]);
});

test.for([
  [{ ok: false }, "ok"],
  [{ code: "X" }, "code"],
  [{ message: "x" }, "message"],
  [{ nonEmpty: "/payload/none" }, "nonEmpty"],
  [{ nonEmpty: "/payload/other" }, "nonEmpty"],
  [{ present: "/payload/other" }, "present"],
  [{ absent: "/payload/zero" }, "absent"],
  [{ equals: { "/payload/list/0": { key: "a" } } }, "equals"],
  [{ equals: { "/payload/zero": "0" } }, "equals"],
  [{ matches: { "/payload/other": "" } }, "matches"],
  [{ count: { "/payload/zero": 0 } }, "count"],
  [{ includes: { "/payload/list": { key: "c" } } }, "includes"],
  [{ includes: { "/payload/zero": "0" } }, "includes"],
  [{ excludes: { "/payload/text": "hell" } }, "excludes"],
  [{ atLeast: { "/payload/text": 1 } }, "atLeast"],
  [{ atMost: { "/payload/zero": -1 } }, "atMost"],
  [{ close: { code: 1008, reason: "gone" } }, "close"],
] as const)("%j does not hold, and says which rule", ([expectation, rule]) => {
  const found = unmet(JSON.parse(JSON.stringify(expectation)), ANSWER);
  expect(found[0]?.rule).toBe(rule);
});

test("nothing expected is nothing unmet", () => {
  expect(unmet(undefined, ANSWER)).toEqual([]);
});
