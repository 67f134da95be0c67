import { expect, test } from "vitest";
import { scenarioOf, stepOf, traceOf } from "../compare/testing-trace.ts";
import type { ManifestMethod } from "../freeze/manifest.ts";
import { Expectations } from "../score/expected.ts";
import { callsOf } from "./calls.ts";
import { readContracts } from "./contracts.ts";
import { differ, judge } from "./differ.ts";
import { whyLeftOut } from "./left-out.ts";
import { lineOf, reportOf } from "./report.ts";
import { differScenarios } from "./scenarios.ts";
import type { Shape } from "./values.ts";

const LIMITS = { seed: 1, callsMax: 1_000 };
const PARAMS: Shape = {
  type: "object",
  required: ["jobId"],
  properties: {
    jobId: { type: "string", minLength: 1 },
    kind: { anyOf: [{ const: "at" }, { const: "every" }] },
    limit: { type: "integer", minimum: 1, maximum: 200 },
  },
};

const paramsOf = (limits = LIMITS): unknown[] =>
  callsOf("things.list", PARAMS, limits).map(({ params }) => params);

test("a method is asked with few params, all of them, one too many and one too few", () => {
  const found = paramsOf();

  expect(found).toContainEqual({ jobId: "absent-1" });
  expect(found).toContainEqual({ jobId: "absent-1", kind: "at", limit: 5 });
  expect(found).toContainEqual({ jobId: "absent-1", zzUnknown: 1 });
  expect(found).toContainEqual({});
});

test("every branch, both sides of every bound and a wrong type are tried", () => {
  const found = paramsOf();

  for (const member of [{ kind: "every" }, { limit: 0 }, { limit: 1 }, { limit: 200 }, { limit: 201 }]) {
    expect(found).toContainEqual({ jobId: "absent-1", ...member });
  }
  expect(found).toContainEqual({ jobId: 5 });
});

test("the same seed asks the same, another asks something else, and neither more than it may", () => {
  const few = (seed: number): string => JSON.stringify(paramsOf({ seed, callsMax: 8 }));

  expect(few(1)).toBe(few(1));
  expect(few(1)).not.toBe(few(2));
  expect(paramsOf({ seed: 1, callsMax: 8 })).toHaveLength(8);
});

test("the wire's declarations are all read, and what cannot be asked says why", async () => {
  const contracts = await readContracts();

  expect(contracts.length).toBeGreaterThan(400);
  expect(contracts.find(({ method }) => method === "cron.list")?.params?.properties).toHaveProperty("limit");
  expect(whyLeftOut("cron.list")).toBeUndefined();
  expect(whyLeftOut("update.run")).toMatch(/ends the gateway/);
});

test("what was made before is asked about, before what is not there", () => {
  const method: ManifestMethod = {
    name: "cron.get",
    family: "cron",
    area: "cron",
    scope: "read",
    role: "operator",
    owner: "core",
    status: "advertised",
    empty: "INVALID_REQUEST",
  };
  const [scenario] = differScenarios(
    [{ method: "cron.get", params: PARAMS }],
    new Map([["cron.get", method]]),
    LIMITS,
  );
  const calls = scenario?.steps.flatMap((step) => (step.verb === "call" ? [step] : [])) ?? [];

  expect(calls.map(({ call }) => call).slice(0, 2)).toEqual(["sessions.create", "cron.add"]);
  expect(calls[1]?.save).toEqual({ job: "/payload/id" });
  expect(calls[2]?.params).toEqual({ jobId: "${job}" });
  expect(calls.some(({ params }) => JSON.stringify(params) === '{"jobId":"absent-1"}')).toBe(true);
});

const SCENARIO = scenarioOf();
const answering = (payload: unknown) => traceOf({ steps: [stepOf({ received: { ok: true, payload } })] });
const judged = (samples: readonly unknown[], actual: unknown) =>
  judge(SCENARIO, samples.map(answering), answering(actual), { noise: [], seed: 1 })[0];

test("in what the reference differs from itself is not compared, and all else is", () => {
  expect(
    judged(
      [
        { n: 1, is: "a" },
        { n: 2, is: "a" },
      ],
      { n: 3, is: "a" },
    )?.verdict,
  ).toBe("pass");
  expect(
    judged(
      [
        { n: 1, is: "a" },
        { n: 2, is: "a" },
      ],
      { n: 3, is: "b" },
    ),
  ).toMatchObject({
    verdict: "fail",
    diffs: [{ pointer: "/payload/is" }],
  });
});

test("a question that the reference answers in two ways is told, and counts for nothing", () => {
  const check = judged([{ list: [{ a: 1 }] }, { list: [] }], { list: [{ a: 2 }] });

  expect(check).toMatchObject({ verdict: "harness-gap", note: "the reference answered in two ways" });
});

test("a difference with a reason is none; a reason that nothing needs is told", () => {
  const checks = [judged([{ is: "a" }, { is: "a" }], { is: "b" })].flatMap((check) => check ?? []);
  const known = (pattern: string) =>
    reportOf(
      checks,
      new Expectations(
        [{ checks: [pattern], verdict: "intentional", reason: "said so in a test", since: "2026-01-01" }],
        "2026-01-02",
      ),
    );

  expect(known("things/list:ask:answer")).toMatchObject({ totals: { different: 0, expected: 1 }, stale: [] });
  expect(known("things/list:ask+other:answer")).toMatchObject({
    totals: { different: 1 },
    stale: ["things/list:ask+other:answer"],
  });
  expect(known("things/list:not-asked+all:answer").stale).toEqual([]);
  expect(known("things/list:ask:answer").methods.map(lineOf)).toEqual([
    "same       things.list: same 0, as expected 1",
  ]);
});

test("a family that could not be asked is told, and the others are asked all the same", async () => {
  const nobody = {
    start: () => Promise.reject(new Error("its port was taken")),
    patience: { defaultMs: 1, afterTimeoutMs: 1 },
    settleMs: 1,
  };
  const checks = await differ({
    scenarios: [SCENARIO],
    reference: nobody,
    candidate: nobody,
    noise: [],
    jobs: 1,
    seed: 1,
    onProgress: () => undefined,
  });

  expect(reportOf(checks, new Expectations([], "2026-01-02"))).toMatchObject({
    methods: [{ notRun: [{ note: "Not run: its port was taken" }] }],
    totals: { same: 0, different: 0, unsteady: 0, notRun: 1 },
  });
});
