import { describe, expect, test } from "vitest";
import { connectionOf, eventOf, scenarioOf, stepOf, traceOf } from "../compare/testing-trace.ts";
import type { Trace } from "../drive/trace.ts";
import { learn } from "./learn.ts";
import { mergeShapes } from "./learn-shapes.ts";

const answered = (payload: unknown, more: object = {}): Trace =>
  traceOf({ steps: [stepOf({ received: { ok: true, payload, ...more } })] });
const learned = (...traces: Trace[]) => learn(traces, scenarioOf(), []);
const brief = (traces: Trace[]) => learned(...traces).rules.map(({ why: _why, ...rule }) => rule);
const base = { on: "things.list", samples: 2 };

describe("learning from two recordings", () => {
  test("two that are equal teach nothing and are kept", () => {
    const { rules, unstable, records } = learned(answered({ n: 1 }), answered({ n: 1 }));
    expect({ rules, unstable }).toEqual({ rules: [], unstable: [] });
    expect(records[0]).toMatchObject({ type: "step", received: { payload: { n: 1 } } });
  });

  test.for([
    [
      { rows: [{ age: 1 }, { age: 2 }] },
      { rows: [{ age: 3 }, { age: 2 }] },
      { path: "/payload/rows/*/age", rule: "volatile" },
    ],
    [
      { text: "took 3 ms" },
      { text: "took 14 ms" },
      { path: "/payload/text", rule: "volatile", digits: true },
    ],
    [{ text: "red" }, { text: "blue" }, { path: "/payload/text", rule: "volatile" }],
    [{ a: 1, b: 2 }, { a: 1 }, { path: "/payload/b", rule: "volatile", optional: true }],
    [{ list: ["a", "b"] }, { list: ["b", "a"] }, { path: "/payload/list", rule: "set-equal" }],
    [
      { list: [{ k: "a" }, { k: "b" }] },
      { list: [{ k: "b" }, { k: "a" }] },
      { path: "/payload/list", rule: "set-equal" },
    ],
  ] as const)("%j and %j teach %j", ([one, other, rule]) => {
    expect(brief([answered(one), answered(other)])).toEqual([{ ...base, ...rule }]);
    expect(learned(answered(one), answered(other)).unstable).toEqual([]);
  });

  test.for([
    ["whether it went well", { ok: true }, { ok: false }],
    ["an error's code", { ok: false, error: { code: "A" } }, { ok: false, error: { code: "B" } }],
    ["an error's text", { ok: false, error: { message: "red" } }, { ok: false, error: { message: "blue" } }],
    ["how long a list is", { ok: true, payload: [1] }, { ok: true, payload: [1, 2] }],
    ["a type", { ok: true, payload: { a: 1 } }, { ok: true, payload: { a: null } }],
  ] as const)("%s is never excused", ([, one, other]) => {
    const trace = (received: unknown): Trace => traceOf({ steps: [stepOf({ received })] });
    const found = learned(trace(one), trace(other));
    expect(found.unstable).toHaveLength(1);
    expect(found.rules).toEqual([]);
  });

  test("snapshots in events may have been taken a moment earlier or later", () => {
    const run = (state: unknown): Trace =>
      traceOf({
        connections: [connectionOf([eventOf("chat", { runId: "r", session: { active: state } }, 1)])],
      });
    const { rules, unstable } = learned(run(true), run(null));
    expect(unstable).toEqual([]);
    expect(rules).toMatchObject([{ on: "event:chat", path: "/payload/session/active", rule: "volatile" }]);
  });

  test("a run that came once only, or in another order, is unstable", () => {
    const run = (...states: string[]): Trace =>
      traceOf({
        connections: [
          connectionOf(states.map((state, at) => eventOf("chat", { runId: "r", state }, at + 1))),
        ],
      });
    expect(learned(run("a"), traceOf({ connections: [connectionOf([])] })).unstable).toMatchObject([
      { diff: { kind: "missing" } },
    ]);
    expect(learned(traceOf({ connections: [connectionOf([])] }), run("a")).unstable).toMatchObject([
      { diff: { kind: "extra" } },
    ]);
    expect(learned(run("a", "b"), run("a")).unstable).toHaveLength(1);
  });

  test("keys of other events that come and go are learned, and such events may be missing", () => {
    const changed = (payload: object): Trace =>
      traceOf({
        connections: [
          connectionOf([eventOf("sessions.changed", payload, 1), eventOf("device.pair.requested", {}, 2)]),
        ],
      });
    const once = traceOf({
      connections: [connectionOf([eventOf("sessions.changed", { a: 1, b: { c: 1 } }, 1)])],
    });
    const { rules, records } = learned(changed({ a: null }), once);
    expect(rules).toMatchObject([
      { path: "/payload/a", rule: "volatile" },
      { path: "/payload/b", rule: "volatile", optional: true },
    ]);
    const shapes = records.filter((record) => record.type === "shapes");
    expect(shapes).toMatchObject([
      { event: "device.pair.requested", isOptional: true },
      { event: "sessions.changed", isOptional: false, required: ["/a string"], optional: [] },
    ]);
  });

  test("what an earlier recording saw come and go is remembered", () => {
    const trace = traceOf({ connections: [connectionOf([eventOf("device.pair.requested", {}, 1)])] });
    const earlier = learned(trace, traceOf({ connections: [connectionOf([])] })).records;
    const again = learn([trace, trace], scenarioOf(), [], earlier);
    expect(again.records).toEqual(earlier);
    expect(mergeShapes([earlier, []])).toMatchObject([{ isOptional: true }]);
  });
});
