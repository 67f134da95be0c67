import { describe, expect, test } from "vitest";
import type { Check, ChecksFile } from "../compare/verdict.ts";
import type { Manifest, ManifestMethod } from "../freeze/manifest.ts";
import { ExpectationError, parseExpected } from "./expected.ts";
import { addPoint, parseHistory, pointOf, renderHistory, sparkline } from "./history.ts";
import { proposeExpected } from "./propose.ts";
import { compareScores } from "./ratchet.ts";
import { renderHtml } from "./render-html.ts";
import { renderMarkdown, scoreLine } from "./render-markdown.ts";
import { computeScore, type ScoreInput } from "./score.ts";

function check(id: string, method: string, verdict: Check["verdict"]): Check {
  const [scenario = "", step = "", kind = ""] = id.split(":");
  const diffs =
    verdict === "fail" ? [{ pointer: "/ok", kind: "value" as const, expected: true, actual: "<b>" }] : [];
  const base = { id, scenario, step, kind, area: "rpc", method, verdict };
  return { ...base, plane: "wire", severity: "major", diffs, diffCount: diffs.length };
}

function row(name: string): ManifestMethod {
  const family = name.split(".")[0] ?? name;
  return {
    name,
    family,
    area: "rpc",
    scope: "read",
    role: "operator",
    owner: "core",
    status: "advertised",
    empty: "ok",
  };
}

const MANIFEST: Manifest = {
  reference: "openclaw@2026.9.6",
  contract: "contract",
  protocol: 4,
  methods: [row("a.one"), row("a.two"), row("b.three"), { ...row("b.gone"), status: "gone" }],
  events: ["tick"],
  capabilities: [],
  challengeCapabilities: [],
  httpRoutes: [],
  closeCodes: [],
};

function input(checks: readonly Check[], expected = "", today = "2026-11-20"): ScoreInput {
  const file: ChecksFile = {
    version: 1,
    gateway: "understudy",
    target: "ws://127.0.0.1",
    reference: "openclaw@2026.9.6",
    startedAt: "2026-11-20T00:00:00Z",
    durationMs: 1,
    totals: { pass: 0, fail: 0, "harness-gap": 0 },
    checks,
  };
  const entries = parseExpected(`version: 1\nexpected: [${expected}]`, "expected.yaml");
  return {
    checks: file,
    manifest: MANIFEST,
    expected: entries,
    frozen: undefined,
    served: new Set(["a.one"]),
    today,
  };
}

const GAP = `{ checks: ["s:2:*"], reason: "not answered yet", since: 2026-11-01, expires: 2026-12-01 }`;
const MIXED = [check("s:1:answer", "a.one", "pass"), check("s:2:answer", "a.two", "fail")];

describe("a method is as good as its worst check, and missing when nobody asked", () => {
  test("each verdict comes from the checks of the method", () => {
    const { score } = computeScore(input(MIXED, GAP));
    const verdicts = Object.fromEntries(score.perMethod.map(({ method, verdict }) => [method, verdict]));
    expect(verdicts).toEqual({ "a.one": "pass", "a.two": "known-gap", "b.three": "missing" });
  });

  test("methods that the reference no longer has are no part of the denominator", () => {
    expect(computeScore(input(MIXED)).score.methods.total).toBe(3);
  });
});

describe("expectations", () => {
  test("an unexpected failure is a failure", () => {
    expect(computeScore(input(MIXED)).score.checks.counts).toMatchObject({ fail: 1, pass: 1 });
  });

  test("an expectation that nothing needs is stale", () => {
    expect(computeScore(input([MIXED[0] as Check], GAP)).stale).toEqual(["s:2:*"]);
  });

  test("an expectation whose day is over excuses nothing", () => {
    const { score, expired } = computeScore(input(MIXED, GAP, "2026-12-02"));
    expect(expired).toEqual(["s:2:*"]);
    expect(score.checks.counts.fail).toBe(1);
  });

  test("a gap without an end, or without a real reason, is refused", () => {
    const endless = `version: 1\nexpected: [{ checks: ["s:*"], reason: "not answered yet", since: 2026-11-01 }]`;
    expect(() => parseExpected(endless, "f")).toThrow(ExpectationError);
    expect(() => parseExpected(endless.replace("not answered yet", "todo"), "f")).toThrow(ExpectationError);
  });

  test("a pattern's other characters are literal", () => {
    const dotted = `{ checks: ["s:x.y:*"], reason: "not answered yet", since: 2026-11-01, expires: 2026-12-01 }`;
    const { score } = computeScore(input([check("s:xzy:answer", "a.one", "fail")], dotted));
    expect(score.checks.counts.fail).toBe(1);
  });
});

test("checks beyond the frozen requirements do not count, but what is expected of them is in use", () => {
  const { score, stale } = computeScore({ ...input(MIXED, GAP), frozen: new Set(["s:1:answer"]) });
  expect(score.checks.total).toBe(1);
  expect(stale).toEqual([]);
});

test("the ratchet names what passed and fails now", () => {
  const before = computeScore(input([check("s:2:answer", "a.two", "pass")])).score;
  const now = computeScore(input(MIXED, GAP)).score;
  expect(compareScores(before, now)).toEqual({ lost: ["s:2:answer"], gained: ["s:1:answer"] });
});

test("a proposal names each check where a scenario passes in part, and the scenario where it does not", () => {
  const checks = [...MIXED, check("t:1:answer", "b.three", "fail")];
  const proposal = { reason: "not answered yet", since: "2026-11-20", expires: "2026-12-01" };
  const text = proposeExpected(computeScore(input(checks)).score, proposal);
  expect(text).toContain("s:2:answer");
  expect(text).toContain("t:*");
  const indented = text.replaceAll("\n", "\n  ");
  expect(parseExpected(`version: 1\nexpected:\n  ${indented}`, "f")[0]?.reason).toBe("not answered yet");
});

test("the page shows each failure and nothing a gateway said is markup", () => {
  const { score } = computeScore(input(MIXED, GAP));
  const html = renderHtml(score, [pointOf(score)]);
  expect(html).toContain("s:2:answer");
  expect(html).toContain("+ &lt;b&gt;");
  expect(html).not.toMatch(/src=|https?:\/\//);
});

test("the three-number line adds up to all methods", () => {
  const { score } = computeScore(input(MIXED, GAP));
  const [total, pass, expected, untested] = (
    scoreLine(score).match(/of (\d+) methods: \*\*(\d+).*?\*\*(\d+).*?\*\*(\d+)/) ?? []
  )
    .slice(1)
    .map(Number);
  expect(total).toBe((pass ?? 0) + (expected ?? 0) + (untested ?? 0));
  expect(renderMarkdown(score)).toContain("| b.three | missing | 0/0 |");
});

test("one point a day and reference; a single point is still a picture", () => {
  const { score } = computeScore(input(MIXED));
  const once = addPoint([], pointOf(score));
  expect(addPoint(once, pointOf(score))).toHaveLength(1);
  expect(parseHistory(renderHistory(once))).toEqual(once);
  expect(sparkline(once)).toContain("<circle");
});
