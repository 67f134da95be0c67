import { describe, expect, test } from "vitest";
import { Binding, diff } from "./diff.ts";

const exact = (golden: unknown, actual: unknown) =>
  diff(golden, actual, { binding: new Binding(), rules: [] });

describe("diff", () => {
  test.for([
    [{ a: 1 }, { a: 2 }, "/a", "value"],
    [{ a: 1 }, {}, "/a", "missing"],
    [{}, { a: null }, "/a", "extra"],
    [{ a: "1" }, { a: 1 }, "/a", "type"],
    [{ a: null }, { a: {} }, "/a", "type"],
    [[1, 2], [2, 1], "/0", "value"],
    [[1], [1, 2], "/1", "extra"],
    [[1, 2], [1], "/1", "missing"],
    [{ "a/b": 1 }, { "a/b": 2 }, "/a~1b", "value"],
    [undefined, { ok: true }, "", "type"],
  ] as const)("%j against %j differs at %s by %s", ([golden, actual, pointer, kind]) => {
    expect(exact(golden, actual)[0]).toMatchObject({ pointer, kind });
  });

  test("an id may be another one on the other side, but the same everywhere", () => {
    const golden = { run: "<uuid:1>", again: "<uuid:1>", other: "<uuid:2>" };
    expect(exact(golden, { run: "<uuid:7>", again: "<uuid:7>", other: "<uuid:1>" })).toEqual([]);
    expect(exact(golden, { run: "<uuid:7>", again: "<uuid:8>", other: "<uuid:1>" })).toMatchObject([
      { pointer: "/again", kind: "binding" },
    ]);
  });

  test("two ids of the golden may not become one", () => {
    expect(exact(["<hex:1>", "<hex:2>"], ["<hex:1>", "<hex:1>"])).toMatchObject([{ kind: "binding" }]);
  });

  test("kinds of ids are not interchangeable, and the text around them counts", () => {
    expect(exact("<uuid:1>", "<hex:1>")).toMatchObject([{ kind: "value" }]);
    expect(exact("run <uuid:1>", "Run <uuid:1>")).toMatchObject([{ kind: "value" }]);
  });

  test("ids in keys are bound as well", () => {
    expect(exact({ "<uuid:1>": 1, id: "<uuid:1>" }, { "<uuid:5>": 1, id: "<uuid:5>" })).toEqual([]);
    expect(
      exact({ id: "<uuid:1>", x: { "<uuid:1>": 1 } }, { id: "<uuid:5>", x: { "<uuid:6>": 1 } }),
    ).toHaveLength(2);
  });

  test.for([
    [["a", "b", "c"], ["b", "c"], [["/0", "missing"]]],
    [["a"], ["x", "a"], [["/0", "extra"]]],
    [["a", "b"], ["b", "a"], [["", "order"]]],
    [["a", "a"], ["a"], [["/1", "missing"]]],
    [
      ["a", "b", "c"],
      ["c", "b"],
      [
        ["/0", "missing"],
        ["", "order"],
      ],
    ],
    [[], [], []],
  ] as const)("names %j against %j", ([golden, actual, wanted]) => {
    expect(exact(golden, actual).map((found) => [found.pointer, found.kind])).toEqual(wanted);
  });

  test("lists of ids are compared place by place", () => {
    expect(exact(["<uuid:1>", "<uuid:2>"], ["<uuid:2>", "<uuid:1>"])).toEqual([]);
    expect(exact(["<uuid:1>"], [])).toMatchObject([{ pointer: "/0", kind: "missing" }]);
  });

  test("within allows a distance at its path only", () => {
    const rules = [{ on: "*", path: "/a", rule: "within", within: 10 } as const];
    const options = () => ({ binding: new Binding(), rules });
    expect(diff({ a: 100 }, { a: 110 }, options())).toEqual([]);
    expect(diff({ a: 100 }, { a: 111 }, options())).toHaveLength(1);
    expect(diff({ b: 100 }, { b: 101 }, options())).toHaveLength(1);
  });
});
