import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { collectGarbage } from "./collect.ts";

test("what nobody holds any more is gone after a collection, and nobody else gets at the collector", async () => {
  const forgotten = (() => new WeakRef({ big: new Array(1_000).fill(0) }))();
  // A weak reference holds its target until the end of the task that made it.
  await setImmediate();
  collectGarbage();
  expect(forgotten.deref()).toBeUndefined();
  expect(globalThis.gc).toBeUndefined();
});
