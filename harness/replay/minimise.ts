import type { Scenario } from "../scenario/schema.ts";
import type { Step } from "../scenario/step-schema.ts";
import { variablesIn } from "../scenario/variables.ts";

/** Steps that change the gateway for everyone after them. */
const ALWAYS = new Set(["gateway", "writeConfig", "writeFiles", "cli"]);
/** Steps that only make sense together with the turn they belong to. */
const PACING = new Set(["asked", "release"]);

/**
 * The steps that a failing step depends on, by what the scenario says: its connection, the variables it uses
 * and whoever saved them, the background calls it settles, restarts, and the pacing of the provider in between.
 * What the gateway remembers is not visible here; `reproduce` widens the cut when the failure does not show.
 */
export function sliceFor(scenario: Scenario, stepId: string): Scenario {
  const index = scenario.steps.findIndex((step) => step.id === stepId);
  if (index < 0) return scenario;
  const kept = new Set<number>();
  const wanted = [index];
  const earlier = (from: number, fits: (step: Step) => boolean): void => {
    for (let i = from - 1; i >= 0; i--) {
      const step = scenario.steps[i];
      if (step !== undefined && fits(step) && !kept.has(i)) wanted.push(i);
    }
  };
  for (let at = wanted.pop(); at !== undefined; at = wanted.pop()) {
    const step = scenario.steps[at];
    if (step === undefined || kept.has(at)) continue;
    kept.add(at);
    const names = variablesIn(step);
    earlier(at, (one) => (one.verb === "connect" || one.verb === "open") && one.as === step.as);
    earlier(at, (one) => Object.keys(one.save ?? {}).some((name) => names.has(name)));
    earlier(at, (one) => ALWAYS.has(one.verb));
    if (step.verb === "settle") earlier(at, (one) => step.settle.includes(one.id));
    if (step.verb === "call" && step.background) {
      const later = scenario.steps.findIndex((one) => one.verb === "settle" && one.settle.includes(step.id));
      if (later > at) wanted.push(later);
    }
    if (step.verb === "wait" || step.verb === "settle") {
      earlier(at, (one) => one.verb === "call" && one.as === step.as);
      earlier(at, (one) => PACING.has(one.verb));
    }
  }
  return { ...scenario, steps: scenario.steps.filter((_step, at) => kept.has(at)) };
}

/** Everything up to the failing step. */
export function prefixFor(scenario: Scenario, stepId: string): Scenario {
  const index = scenario.steps.findIndex((step) => step.id === stepId);
  return index < 0 ? scenario : { ...scenario, steps: scenario.steps.slice(0, index + 1) };
}

/** The scenario with one step left out, for every step but the failing one: what reproduction tries, one by one. */
export function withoutEach(scenario: Scenario, stepId: string): Scenario[] {
  return scenario.steps
    .filter((step) => step.id !== stepId)
    .map((left) => ({ ...scenario, steps: scenario.steps.filter((step) => step !== left) }));
}
