import { describe, expect, test } from "vitest";
import type { Check } from "../compare/verdict.ts";
import type { Manifest } from "../freeze/manifest.ts";
import { readManifest } from "../freeze/read-manifest.ts";
import { driftReport, renderDrift } from "./drift-report.ts";
import { surfaceDrift } from "./surface-drift.ts";

const frozen = await readManifest();

function altered(change: Partial<Manifest>): Manifest {
  return { ...frozen, reference: "openclaw@2099.1.1", ...change };
}

function failing(method: string, id: string): Check {
  const diffs = [{ pointer: "/payload/count", kind: "value", expected: 1, actual: 2 }] as Check["diffs"];
  return {
    id,
    scenario: "cron/jobs",
    step: "list",
    kind: "answer",
    area: "cron",
    method,
    plane: "wire",
    verdict: "fail",
    severity: "major",
    diffs,
    diffCount: 1,
  };
}

describe("the surface", () => {
  test("a manifest does not drift from itself", () => {
    expect(surfaceDrift(frozen, frozen)).toEqual([]);
  });

  test("a method that is gone, one that is new and one that wants more are each named", () => {
    const methods = frozen.methods
      .filter((method) => method.name !== "cron.run")
      .map((method) => (method.name === "cron.list" ? { ...method, scope: "admin" } : method));
    const [first] = frozen.methods;
    if (first === undefined) throw new Error("the manifest is empty");
    const after = altered({ methods: [...methods, { ...first, name: "cron.pause" }] });

    const found = surfaceDrift(frozen, after);

    expect(found).toContainEqual(expect.objectContaining({ subject: "cron.run", kind: "removed" }));
    expect(found).toContainEqual(expect.objectContaining({ subject: "cron.pause", kind: "added" }));
    expect(found).toContainEqual({
      subject: "cron.list",
      kind: "changed",
      what: "scope",
      before: "read",
      after: "admin",
    });
    expect(found).toHaveLength(3);
  });

  test("another order of the advertised methods is drift, since clients see it", () => {
    const [one, two, ...rest] = frozen.methods;
    if (one === undefined || two === undefined) throw new Error("the manifest is empty");

    const found = surfaceDrift(frozen, altered({ methods: [two, one, ...rest] }));

    expect(found).toEqual([
      { subject: "connect", kind: "changed", what: "order", before: one.name, after: two.name },
    ]);
  });

  test("events, routes and close codes count too", () => {
    const after = altered({
      events: [...frozen.events, "moon.full"],
      httpRoutes: frozen.httpRoutes.map((route) =>
        route.path === "/health" && route.method === "GET" ? { ...route, status: 204 } : route,
      ),
      closeCodes: frozen.closeCodes.map((close) =>
        close.when === "the role is unknown" ? { ...close, code: 4000 } : close,
      ),
    });

    const subjects = surfaceDrift(frozen, after).map((change) => `${change.kind} ${change.subject}`);

    expect(subjects).toEqual([
      "added event:moon.full",
      "changed HTTP GET /health",
      "changed close: the role is unknown",
    ]);
  });
});

describe("the report", () => {
  test("what changed on paper and in answers stands in one row, the most changed first", () => {
    const report = driftReport({
      from: "openclaw@1",
      to: "openclaw@2",
      surface: [{ subject: "cron.list", kind: "changed", what: "scope", before: "read", after: "admin" }],
      checks: [
        failing("health", "health/status:health:answer"),
        failing("cron.list", "cron/jobs:list:answer"),
        { ...failing("cron.get", "cron/jobs:get:answer"), verdict: "pass", diffs: [], diffCount: 0 },
        { ...failing("cron.get", "cron/jobs:get:run"), verdict: "harness-gap" },
      ],
    });

    expect(report.rows.map((row) => row.subject)).toEqual(["cron.list", "health"]);
    expect(report).toMatchObject({ checked: 3, notAsked: 1 });
    expect(renderDrift(report)).toContain(
      '| cron.list | scope "read" -> "admin" | 1 | /payload/count: 1 -> 2 |',
    );
    expect(renderDrift(report)).toContain("1 checks could not be asked.");
  });

  test("no drift is said in so many words", () => {
    const report = driftReport({ from: "openclaw@1", to: "openclaw@2", surface: [], checks: [] });
    expect(renderDrift(report)).toContain("Nothing changed");
  });
});
