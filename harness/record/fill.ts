import { readFile, writeFile } from "node:fs/promises";
import { isMap, parseDocument } from "yaml";
import type { Trace } from "../drive/trace.ts";
import { scenarioPath } from "../scenario/load.ts";
import { at } from "../scenario/pointer.ts";
import { type Scenario, unstatedSteps } from "../scenario/schema.ts";

/** Writes what the reference answered, ok or the error's code, into the generated steps that do not say it yet. */
export async function fillExpectations(
  corpus: string,
  scenario: Scenario,
  trace: Trace | undefined,
): Promise<void> {
  const path = scenarioPath(corpus, scenario.id);
  const document = parseDocument(await readFile(path, "utf8"));
  const unstated = new Set(unstatedSteps(scenario).map((step) => step.id));
  for (const [index, step] of scenario.steps.entries()) {
    if (!unstated.has(step.id)) continue;
    const received = trace?.steps.find((one) => one.id === step.id)?.received;
    const ok = at(received, "/ok");
    const code = at(received, "/error/code");
    const node = document.getIn(["steps", index]);
    if (typeof ok !== "boolean" || !isMap(node)) continue;
    const expectation = document.createNode(typeof code === "string" ? { ok, code } : { ok });
    expectation.flow = true;
    node.set("expect", expectation);
  }
  await writeFile(path, document.toString({ lineWidth: 160 }));
}
