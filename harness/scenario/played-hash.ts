import { createHash } from "node:crypto";
import type { Scenario } from "./schema.ts";
import type { Step } from "./step-schema.ts";

/** What a step does; what it expects and how it is judged may be written anew without a new recording. */
function played(step: Step): unknown {
  const { expect, note: _note, security: _security, ...rest } = step;
  // An opener is recorded in short, a connect with an expectation in full.
  return step.verb === "connect" ? { ...rest, isJudged: expect !== undefined } : rest;
}

/** Changes when another recording would come out: a golden of another hash is out of date. */
export function playedHash(scenario: Scenario): string {
  const { needs, setup, provider, steps } = scenario;
  const text = JSON.stringify({ needs, setup, provider, steps: steps.map(played) });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
