import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { EventContract } from "../../schemas/contract.ts";
import { EVENT_ACCESS } from "../../schemas/event-scopes.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../schemas/events");

async function declared(): Promise<EventContract[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const modules = await Promise.all(files.map((file) => import(path.join(FOLDER, file)) as Promise<object>));
  // A file of this folder exports event contracts and nothing else that has an `event`.
  return modules.flatMap((module) =>
    Object.values(module).filter((value): value is EventContract => typeof value?.event === "string"),
  );
}

test("[EV6] the table that the fan-out reads says what the contracts say", async () => {
  const contracts = await declared();

  expect(contracts.length).toBeGreaterThan(0);
  for (const { event, scope } of contracts) expect([event, EVENT_ACCESS[event]]).toEqual([event, scope]);
});
