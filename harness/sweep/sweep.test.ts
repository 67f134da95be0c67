import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { ManifestMethod } from "../freeze/manifest.ts";
import { readManifest } from "../freeze/read-manifest.ts";
import { parseScenario } from "../scenario/schema.ts";
import { sweepCases } from "./cases.ts";
import { renderSweep, sweepScenarios, sweepStem } from "./scenario.ts";

const manifest = await readManifest();

function method(overrides: Partial<ManifestMethod>): ManifestMethod {
  return {
    name: "cron.list",
    family: "cron",
    area: "cron",
    scope: "read",
    role: "operator",
    owner: "core",
    status: "advertised",
    empty: "ok",
    ...overrides,
  };
}

describe("the sweep", () => {
  test("asks every method of the manifest, each in its family's file", () => {
    const asked = new Set(sweepScenarios(manifest).flatMap((scenario) => scenario["covers"] as string[]));
    expect(manifest.methods.filter((one) => !asked.has(one.name))).toEqual([]);
  });

  test("every file is a scenario that the referee takes", () => {
    for (const scenario of sweepScenarios(manifest)) {
      expect(() => parseScenario(parse(renderSweep(scenario, new Map())), scenario.id)).not.toThrow();
    }
  });

  test("a method is refused without scope, to readers and to nodes before it is served", () => {
    const ids = sweepCases([method({ name: "cron.add", scope: "admin" })]).map((one) => one.id);
    expect(ids).toEqual([
      "cron.add+no-scope",
      "cron.add+read-only",
      "cron.add+node-role",
      "cron.add+empty",
      "cron.add+unknown-key",
      "cron.add+list",
      "cron.add+text",
    ]);
  });

  test("a method that ends the gateway is never served", () => {
    const served = sweepCases([method({ name: "update.run", scope: "admin" })]).filter(
      (one) => one.as === "admin",
    );
    expect(served).toEqual([]);
  });

  test("role errors never come eleven in a row", () => {
    const many = Array.from({ length: 40 }, (_, index) => method({ name: `cron.x${index}`, scope: "admin" }));
    let inARow = 0;
    let most = 0;
    for (const one of sweepCases(many).filter((entry) => entry.as === "host")) {
      inARow = one.id.endsWith("+node-role") ? inARow + 1 : 0;
      most = Math.max(most, inARow);
    }
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThan(0);
  });

  test("what was recorded about a step survives generating again", () => {
    const scenario = sweepScenarios(manifest).find((one) => one.id === "sweep/cron");
    if (scenario === undefined) throw new Error("no sweep of cron");
    const known = new Map([["cron.status+empty", { ok: true }]]);
    expect(renderSweep(scenario, known)).toContain('"call":"cron.status","params":{},"expect":{"ok":true}}');
  });

  test("files are named in kebab-case", () => {
    expect(sweepStem("taskSuggestions")).toBe("task-suggestions");
  });
});
