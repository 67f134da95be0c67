import { describe, expect, test } from "vitest";
import { canonical } from "./canonical.ts";
import { isCovered, mergeNoise, NoiseRule } from "./noise.ts";
import { refresh } from "./refresh.ts";
import { connectionOf, eventOf, scenarioOf, traceOf } from "./testing-trace.ts";

const rule = (more: object = {}) =>
  NoiseRule.parse({
    on: "health",
    path: "/a",
    rule: "volatile",
    why: "it is like that",
    samples: 2,
    ...more,
  });

describe("the mask", () => {
  test("a rule is covered by one that is as wide or wider", () => {
    expect(isCovered(rule(), [rule()])).toBe(true);
    expect(isCovered(rule({ digits: true }), [rule()])).toBe(true);
    expect(isCovered(rule(), [rule({ digits: true })])).toBe(false);
    expect(isCovered(rule({ optional: true }), [rule()])).toBe(false);
    expect(isCovered(rule({ path: "/b" }), [rule()])).toBe(false);
  });

  test("rules of one place become one, as wide as the wider; the order is by place", () => {
    const merged = mergeNoise(
      [rule({ path: "/b" }), rule({ digits: true })],
      [rule({ digits: true }), rule({ on: "agent" })],
    );
    expect(merged.map(({ on, path, digits }) => [on, path, digits])).toEqual([
      ["agent", "/a", undefined],
      ["health", "/a", true],
      ["health", "/b", undefined],
    ]);
    expect(mergeNoise([rule({ digits: true })], [rule({ optional: true })])).toEqual([
      rule({ optional: true }),
    ]);
  });
});

describe("the mask on shapes", () => {
  const event = eventOf("board.changed", { a: { b: { c: 1 } }, d: null, e: [1], f: 2 }, 1);
  const scenario = scenarioOf();
  const records = canonical(traceOf({ connections: [connectionOf([event])] }), scenario, []);
  const shapes = (...rules: NoiseRule[]): unknown =>
    refresh(records, scenario, rules).flatMap((record) =>
      record.type === "shapes" ? [record.required] : [],
    )[0];
  const onBoard = (path: string, more: object = {}) => rule({ on: "event:board.changed", path, ...more });

  test("a masked place is a text, what was below it is gone", () => {
    expect(shapes(onBoard("/payload/a/b"), onBoard("/payload/d"))).toEqual([
      "/a object",
      "/a/b string",
      "/d string",
      "/e list",
      "/e/* number",
      "/f number",
    ]);
  });

  test("an optional place is gone altogether; other rules and other events do not matter", () => {
    const others = [
      onBoard("/payload/f", { digits: true }),
      onBoard("/payload/f", { rule: "prose" }),
      rule({ on: "event:chat", path: "/payload/e" }),
    ];
    expect(shapes(onBoard("/payload/a", { optional: true }), ...others)).toEqual([
      "/d null",
      "/e list",
      "/e/* number",
      "/f number",
    ]);
  });

  test("what is masked is the same as if it had been masked when it was recorded", () => {
    const rules = [onBoard("/payload/a/b"), onBoard("/payload/d", { optional: true })];
    const fresh = canonical(traceOf({ connections: [connectionOf([event])] }), scenario, rules);
    expect(refresh(records, scenario, rules)).toEqual(fresh);
  });

  test("of a place that is optional and not, the shape stands once", () => {
    const mixed = records.map((record) =>
      record.type === "shapes" ? { ...record, optional: ["/f string", "/g null"] } : record,
    );
    const refreshed = refresh(mixed, scenario, [onBoard("/payload/f")]).find(
      (record) => record.type === "shapes",
    );
    expect(refreshed).toMatchObject({ optional: ["/g null"] });
  });
});
