import { createHash } from "node:crypto";
import type { Scenario, Setup } from "./schema.ts";

/** Scenarios that are played to one gateway, one after the other. */
export interface Batch {
  readonly label: string;
  readonly setup: Setup;
  readonly scenarios: readonly Scenario[];
}

export const setupKey = (setup: Setup): string =>
  createHash("sha256").update(JSON.stringify(setup)).digest("hex").slice(0, 8);

/** Shared scenarios of one setup go together; each of the others has a gateway of its own. */
export function batchesOf(scenarios: readonly Scenario[]): Batch[] {
  const shared = new Map<string, Scenario[]>();
  const alone: Batch[] = [];
  for (const scenario of scenarios) {
    if (scenario.needs !== "shared") {
      alone.push({ label: scenario.id.replaceAll("/", "-"), setup: scenario.setup, scenarios: [scenario] });
      continue;
    }
    const key = setupKey(scenario.setup);
    shared.set(key, [...(shared.get(key) ?? []), scenario]);
  }
  const together = [...shared.entries()].flatMap(([key, list]) => {
    const first = list[0];
    return first === undefined ? [] : [{ label: `shared-${key}`, setup: first.setup, scenarios: list }];
  });
  return [...together, ...alone];
}
