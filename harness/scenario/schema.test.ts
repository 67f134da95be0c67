import { describe, expect, test } from "vitest";
import { parseScenario, unstatedSteps } from "./schema.ts";

const base = { id: "things/list", title: "Things are listed", area: "sessions", covers: ["things.list"] };
const parse = (more: Record<string, unknown>) => parseScenario({ ...base, ...more }, "test");

describe("scenario files", () => {
  test("steps get ids, verbs and defaults", () => {
    const { steps, needs } = parse({ steps: [{ connect: {} }, { call: "a.b", expect: { ok: false } }] });
    expect(needs).toBe("shared");
    expect(steps).toMatchObject([
      { id: "1-connect", verb: "connect", as: "main", connect: { role: "operator", auth: "token" } },
      { id: "2-a.b", verb: "call", call: "a.b", frames: 1 },
    ]);
  });

  test.for([
    ["no verb", { steps: [{ as: "main" }] }, "exactly one verb"],
    ["two verbs", { steps: [{ call: "a", quiet: 5 }] }, "found call and quiet"],
    ["not a map", { steps: ["connect"] }, "a step is a map"],
    ["an unknown key", { steps: [{ call: "a", param: {} }] }, "param"],
    [
      "the same id twice",
      {
        steps: [
          { id: "x", quiet: 5 },
          { id: "x", quiet: 5 },
        ],
      },
      "two steps are called x",
    ],
    ["a settle of nothing", { steps: [{ settle: ["x"] }] }, "no earlier background call"],
    ["an area nobody has", { area: "nowhere", steps: [{ quiet: 5 }] }, "area"],
    ["a restart on a shared gateway", { steps: [{ gateway: "restart" }] }, "needs: restart"],
    [
      "a rule without a reason",
      { steps: [{ quiet: 5 }], compare: [{ path: "/a", rule: "volatile", why: "" }] },
      "why",
    ],
  ] as const)("refuses %s", ([, more, text]) => {
    expect(() => parse(more)).toThrow(text);
  });

  test.for([
    [{ call: "a.b" }],
    [{ call: "a.b", expect: { ok: true } }],
    [{ http: { path: "/" } }],
    [{ readFile: "x" }],
  ])("refuses vacuous agreement: %j", ([step]) => {
    expect(() => parse({ steps: [step] })).toThrow("vacuous");
  });

  test.for([
    [{ call: "a.b", expect: { ok: false } }],
    [{ call: "a.b", expect: { ok: true, nonEmpty: "/payload" } }],
    [{ http: { path: "/" }, expect: { equals: { "/status": 200 } } }],
  ])("accepts %j", ([step]) => {
    expect(parse({ steps: [step] }).steps).toHaveLength(1);
  });

  test("generated files may leave the outcome to the recorder, which knows which steps those are", () => {
    const scenario = parse({ generated: true, steps: [{ call: "a" }, { call: "b", expect: { ok: true } }] });
    expect(unstatedSteps(scenario).map((step) => step.id)).toEqual(["1-a"]);
    expect(unstatedSteps(parse({ steps: [{ quiet: 5 }] }))).toEqual([]);
  });
});
