import { describe, expect, test } from "vitest";
import { IdNumbers, numberIds } from "./normalise.ts";
import { pendingId } from "./patterns.ts";
import { applyOrder, applyRules, type Rule, rulesFor } from "./rules.ts";

const rule = (given: Partial<Rule> & Pick<Rule, "path" | "rule">): Rule => ({ on: "*", ...given });
const apply = (document: unknown, ...rules: Rule[]): unknown => applyRules(document, rules);

describe("rules", () => {
  test("volatile hides the value and not the key", () => {
    expect(apply({ a: 1, b: 2 }, rule({ path: "/a", rule: "volatile" }))).toEqual({ a: "<volatile>", b: 2 });
    expect(apply({ b: 2 }, rule({ path: "/a", rule: "volatile" }))).toEqual({ b: 2 });
  });

  test("an optional key is left out on both sides", () => {
    const optional = rule({ path: "/**/load", rule: "volatile", optional: true });
    expect(apply({ x: { load: { now: 1 } }, y: [{ load: 2, z: 3 }] }, optional)).toEqual({
      x: {},
      y: [{ z: 3 }],
    });
  });

  test("digits hides numbers in a text only", () => {
    const digits = rule({ path: "/m", rule: "volatile", digits: true });
    expect(apply({ m: "took 12.5 ms" }, digits)).toEqual({ m: "took <n> ms" });
    expect(apply({ m: 12 }, digits)).toEqual({ m: "<volatile>" });
  });

  test("prose keeps whether there is any", () => {
    const prose = rule({ path: "/*/description", rule: "prose" });
    expect(apply([{ description: "long text" }, { description: "" }, { description: null }], prose)).toEqual([
      { description: "<prose>" },
      { description: "" },
      { description: null },
    ]);
  });

  test("bind on an id that is marked already leaves one mark, which numbering resolves", () => {
    const id = pendingId("uuid", "6f9619ff-8b86-d011-b42d-00c04fc964ff");
    const bound = apply({ n: id, m: id }, rule({ path: "/*", rule: "bind" }));
    expect(numberIds(bound, new IdNumbers())).toEqual({ n: "<bound:1>", m: "<bound:1>" });
  });

  test("set-equal sorts, same-order ranks, bind marks, within leaves alone", () => {
    expect(apply({ l: ["b", "a"] }, rule({ path: "/l", rule: "set-equal" }))).toEqual({ l: ["a", "b"] });
    expect(apply({ l: 3 }, rule({ path: "/l", rule: "set-equal" }))).toEqual({ l: 3 });
    const order = rule({ path: "/*/t", rule: "same-order" });
    expect(applyOrder([{ t: 70 }, { t: 30 }, { t: 70 }], [order])).toEqual([
      { t: "<rank:2>" },
      { t: "<rank:1>" },
      { t: "<rank:2>" },
    ]);
    expect(applyOrder([1], [])).toEqual([1]);
    expect(apply({ t: 1 }, order)).toEqual({ t: 1 });
    expect(apply({ n: 5 }, rule({ path: "/n", rule: "bind" }))).not.toEqual({ n: 5 });
    expect(apply({ n: {} }, rule({ path: "/n", rule: "bind" }))).toEqual({ n: {} });
    expect(apply({ n: 5 }, rule({ path: "/n", rule: "within", within: 1 }))).toEqual({ n: 5 });
  });

  test("a rule counts for its subject and its step", () => {
    const rules = [
      rule({ path: "/a", rule: "volatile", on: "health" }),
      rule({ path: "/b", rule: "volatile", on: "event:*" }),
      rule({ path: "/c", rule: "volatile", step: "one" }),
    ];
    expect(rulesFor(rules, "health", "two").map((one) => one.path)).toEqual(["/a"]);
    expect(rulesFor(rules, "event:chat", "one").map((one) => one.path)).toEqual(["/b", "/c"]);
  });
});
