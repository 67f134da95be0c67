import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Trace, TraceStep } from "../drive/trace.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Ask } from "../tape/ask.ts";
import { canonical } from "./canonical.ts";
import { compare, type StepExtras } from "./compare.ts";
import { refresh } from "./refresh.ts";
import { connectionOf, eventOf, scenarioOf, stepOf, traceOf } from "./testing-trace.ts";
import { type Check, totalsOf } from "./verdict.ts";

interface Given {
  readonly golden?: Trace;
  readonly actual?: Trace;
  readonly scenario?: Scenario;
  readonly extras?: ReadonlyMap<string, StepExtras>;
}

function checksFor({
  golden = traceOf(),
  actual = golden,
  scenario = scenarioOf(),
  extras = new Map(),
}: Given): Check[] {
  return compare({
    scenario,
    golden: canonical(golden, scenario, []),
    actual: canonical(actual, scenario, []),
    noise: [],
    extras,
    died: actual.died,
  });
}

const failing = (checks: readonly Check[]): string[] =>
  checks.filter((check) => check.verdict === "fail").map((check) => check.id);
const withStep = (more: Partial<TraceStep>): Trace => traceOf({ steps: [stepOf(more)] });

const ASK: Ask = {
  api: "openai-completions",
  path: "/v1/chat/completions",
  model: "mock-1",
  stream: true,
  roles: ["user"],
  hasSystem: true,
  userTexts: ["hello"],
  assistantTexts: [],
  toolResults: [],
  toolNames: ["read"],
  attachments: [],
};

describe("compare: answers", () => {
  test("the same trace has no differences, and checks keep their ids", () => {
    const checks = checksFor({});
    expect(checks.map((check) => check.id)).toEqual(["things/list:ask:answer", "things/list:open:seq"]);
    expect(failing(checks)).toEqual([]);
    expect(totalsOf(checks)).toEqual({ pass: 2, fail: 0, "harness-gap": 0 });
  });

  test.for([
    [{ received: { ok: true, payload: { things: [2, 1] } } }, "major"],
    [{ received: { ok: true, payload: {} } }, "major"],
    [{ received: { ok: true, payload: { things: [1, 2], more: 1 } } }, "minor"],
    [{ received: { ok: false, error: { code: "UNAVAILABLE" } } }, "critical"],
    [{ problem: "no answer came", received: undefined }, "critical"],
  ] as const)("%j is a %s difference", ([more, severity]) => {
    const found = checksFor({ actual: withStep(more) }).find((check) => check.verdict === "fail");
    expect(found).toMatchObject({ id: "things/list:ask:answer", method: "things.list", severity });
  });

  test("both refuse with different texts: a difference", () => {
    const refusal = (message: string): Trace =>
      withStep({ received: { ok: false, error: { code: "X", message } } });
    const checks = checksFor({ golden: refusal("no such thing"), actual: refusal("not found") });
    expect(checks[0]?.diffs).toMatchObject([
      { pointer: "/error/message", expected: "no such thing", actual: "not found" },
    ]);
  });

  test("a step that did not happen, or happened only here, is a difference", () => {
    expect(failing(checksFor({ actual: traceOf({ steps: [] }) }))).toEqual(["things/list:ask:answer"]);
    const silent = withStep({ received: undefined });
    expect(failing(checksFor({ golden: silent }))).toEqual([]);
    expect(failing(checksFor({ golden: silent, actual: traceOf() }))).toEqual(["things/list:ask:answer"]);
  });

  test("an expectation that is not met fails the check, though both sides agree", () => {
    const unmet = [{ pointer: "/payload", kind: "expect", expected: { nonEmpty: true } }] as const;
    const extras = new Map([["ask", { unmet, latencyMs: 4, before: { event: "tick" } }]]);
    expect(checksFor({ extras })[0]).toMatchObject({
      verdict: "fail",
      latencyMs: 4,
      before: { event: "tick" },
    });
  });

  test("differences are counted beyond those shown", () => {
    const list = (offset: number): Trace =>
      withStep({
        received: { ok: true, payload: Array.from({ length: 60 }, (_item, index) => index + offset) },
      });
    const [check] = checksFor({ golden: list(0), actual: list(1) });
    expect(check).toMatchObject({ diffCount: 60 });
    expect(check?.diffs).toHaveLength(40);
  });
});

describe("compare: security is one way", () => {
  const steps = [{ id: "ask", call: "things.list", expect: { ok: false }, security: "one-way" }];
  const scenario = scenarioOf({ steps: [{ id: "open", connect: {} }, ...steps] });
  const allowed = withStep({ received: { ok: true, payload: {} } });
  const refused = withStep({ received: { ok: false, error: { code: "FORBIDDEN" } } });

  test("stricter passes with a note, laxer is critical, the rest is compared as ever", () => {
    expect(checksFor({ scenario, golden: allowed, actual: refused })[0]).toMatchObject({
      verdict: "pass",
      note: "stricter than the reference",
    });
    expect(checksFor({ scenario, golden: refused, actual: allowed })[0]).toMatchObject({
      verdict: "fail",
      severity: "critical",
      note: "laxer than the reference",
    });
    const other = withStep({ received: { ok: false, error: { code: "OTHER" } } });
    expect(checksFor({ scenario, golden: refused, actual: other })[0]).toMatchObject({
      verdict: "fail",
      severity: "major",
    });
    expect(checksFor({ scenario, golden: refused })[0]).toMatchObject({ verdict: "pass" });
  });
});

const chat = (state: string, order: number, more: object = {}, seq: unknown = order) =>
  eventOf("chat", { runId: "r", sessionKey: "agent:main:mine", state, seq: order, ...more }, order, seq);

describe("compare: events", () => {
  const run = [
    chat("status", 1),
    chat("delta", 2, { deltaText: "Hel" }),
    chat("delta", 3, { deltaText: "lo" }),
    chat("final", 4),
  ];
  const golden = traceOf({ connections: [connectionOf(run)] });
  const seen = (...events: typeof run): Trace => traceOf({ connections: [connectionOf(events)] });

  test("how a text is cut into deltas does not matter, what it says does", () => {
    const [one, , , last] = run as [(typeof run)[0], unknown, unknown, (typeof run)[0]];
    expect(
      failing(
        checksFor({
          golden,
          actual: seen(one, chat("delta", 2, { deltaText: "Hello" }), { ...last, seq: 3 }),
        }),
      ),
    ).toEqual([]);
    expect(
      failing(
        checksFor({
          golden,
          actual: seen(one, chat("delta", 2, { deltaText: "HelloHello" }), { ...last, seq: 3 }),
        }),
      ),
    ).toEqual(["things/list:open:events.chat"]);
  });

  test.for([
    ["swapped", [chat("final", 1), chat("delta", 2, { deltaText: "Hello" }), chat("status", 3)]],
    ["doubled", [...run, chat("final", 5)]],
    ["lost", run.slice(0, 3)],
  ] as const)("a %s event is found", ([, events]) => {
    expect(failing(checksFor({ golden, actual: seen(...events) }))).toEqual(["things/list:open:events.chat"]);
  });

  test("a run that nobody else has, and a number within the run that falls", () => {
    expect(failing(checksFor({ golden, actual: seen() }))).toEqual(["things/list:open:events.chat"]);
    expect(failing(checksFor({ golden: seen(), actual: golden }))).toEqual(["things/list:open:events.chat"]);
    const falling = seen(...run.slice(0, 3), {
      ...chat("final", 4),
      payload: { ...(run[3]?.payload as object), seq: 1 },
    });
    expect(
      checksFor({ golden, actual: falling }).find((check) => check.verdict === "fail")?.diffs,
    ).toMatchObject([{ kind: "order" }]);
  });

  test("a skipped number is found on the connection, by its own check", () => {
    const skipped = seen(...run.slice(0, 3), chat("final", 4, {}, 5));
    expect(failing(checksFor({ golden, actual: skipped }))).toEqual(["things/list:open:seq"]);
    expect(failing(checksFor({ golden: skipped, actual: golden }))).toEqual(["things/list:open:seq"]);
    expect(failing(checksFor({ golden, actual: traceOf({ connections: [] }) }))).toContain(
      "things/list:open:seq",
    );
  });

  test("other events count by kind and keys, however often they come", () => {
    const changed = (order: number, more: object = {}) =>
      eventOf("sessions.changed", { sessionKey: "agent:main:mine", reason: "patch", ...more }, order);
    const base = seen(changed(1));
    expect(failing(checksFor({ golden: base, actual: seen(changed(1), changed(2)) }))).toEqual([]);
    expect(failing(checksFor({ golden: base, actual: seen(changed(1, { label: "x" })) }))).toEqual([
      "things/list:open:events.sessions.changed",
    ]);
    expect(failing(checksFor({ golden: base, actual: seen(changed(1, { reason: 5 })) }))).toHaveLength(1);
    expect(failing(checksFor({ golden: seen(changed(1, { label: "x" })), actual: base }))).toHaveLength(1);
    expect(failing(checksFor({ golden: base, actual: seen() }))).toHaveLength(1);
    expect(failing(checksFor({ golden: seen(), actual: base }))).toHaveLength(1);
  });

  test("events that came in some recordings only may be missing", () => {
    const scenario = scenarioOf();
    const records = canonical(seen(eventOf("board.changed", { action: "added" }, 1)), scenario, []);
    const optional = records.map((record) =>
      record.type === "shapes" ? { ...record, isOptional: true } : record,
    );
    const none = canonical(seen(), scenario, []);
    const base = { scenario, noise: [], extras: new Map(), died: undefined };
    expect(failing(compare({ ...base, golden: optional, actual: none }))).toEqual([]);
    expect(failing(compare({ ...base, golden: none, actual: optional }))).toEqual([]);
  });

  test("several connections of one step are told apart by name", () => {
    const second = connectionOf([chat("final", 1)], { name: "main-2" });
    const both = traceOf({ connections: [connectionOf([chat("final", 1)]), second] });
    expect(checksFor({ golden: both }).map((check) => check.kind)).toEqual([
      "answer",
      "seq",
      "seq@main-2",
      "events.chat",
      "events.chat@main-2",
    ]);
  });
});

describe("compare: what went out, and the process", () => {
  test("asks are compared in order; nobody asking is no check", () => {
    const golden = traceOf({ outgoing: [ASK] });
    expect(failing(checksFor({ golden }))).toEqual([]);
    expect(checksFor({ golden }).map((check) => check.kind)).toContain("outgoing");
    expect(failing(checksFor({ golden, actual: traceOf() }))).toEqual(["things/list:provider:outgoing"]);
    expect(failing(checksFor({ golden: traceOf(), actual: golden }))).toEqual([
      "things/list:provider:outgoing",
    ]);
    const off = scenarioOf({ planes: { events: false, outgoing: false } });
    expect(checksFor({ scenario: off, golden }).map((check) => check.kind)).toEqual(["answer", "seq"]);
    const base = { scenario: scenarioOf(), noise: [], extras: new Map(), died: undefined };
    const lost = compare({ ...base, golden: canonical(golden, base.scenario, []), actual: [] });
    expect(failing(lost)).toContain("things/list:provider:outgoing");
  });

  test("a process that ends by itself is critical", () => {
    const [died] = checksFor({ actual: traceOf({ died: "exit 1" }) }).filter((check) => check.kind === "run");
    expect(died).toMatchObject({ id: "things/list:gateway:run", verdict: "fail", severity: "critical" });
  });
});

describe("compare: properties", () => {
  const word = fc.constantFrom(
    "6f9619ff-8b86-d011-b42d-00c04fc964ff",
    "0123456789abcdef01",
    "2026-11-20T12:00:01Z",
    "x",
    "y",
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      word,
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.array(tie("tree")),
      fc.dictionary(fc.oneof(word, fc.string()), tie("tree")),
    ),
  }));
  const event = fc.record({
    event: fc.constantFrom("chat", "agent", "cron", "tick"),
    runId: word,
    state: word,
    data: tree,
  });
  const trace = fc
    .record({ payload: tree, events: fc.array(event, { maxLength: 6 }) })
    .map(({ payload, events }) =>
      traceOf({
        steps: [stepOf({ received: { ok: true, payload } })],
        connections: [
          connectionOf(events.map(({ event: name, ...rest }, index) => eventOf(name, rest, index + 1))),
        ],
        outgoing: [ASK],
      }),
    );

  test("anything compared with itself has no differences, also after the mask was applied again", () => {
    const scenario = scenarioOf();
    fc.assert(
      fc.property(trace, (one) => {
        const records = canonical(one, scenario, []);
        const base = { scenario, noise: [], extras: new Map(), died: undefined };
        expect(failing(compare({ ...base, golden: records, actual: records }))).toEqual([]);
        expect(
          failing(compare({ ...base, golden: refresh(records, scenario, []), actual: records })),
        ).toEqual([]);
      }),
    );
  });
});
