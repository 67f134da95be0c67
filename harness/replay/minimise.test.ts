import { expect, test } from "vitest";
import { scenarioOf } from "../compare/testing-trace.ts";
import { batchesOf } from "../scenario/batches.ts";
import { prefixFor, sliceFor, withoutEach } from "./minimise.ts";
import { parseCheckId } from "./repro.ts";
import { needsOwnGateway } from "./target.ts";

const fine = { expect: { ok: false } };
const STEPS = [
  { id: "open", as: "a", connect: {} },
  { id: "other", as: "b", connect: {} },
  { id: "make", as: "a", call: "make", ...fine, save: { key: "/payload/key" } },
  { id: "noise", as: "b", call: "noise", ...fine },
  { id: "later", as: "a", call: "later", background: true, ...fine },
  { id: "settle", settle: ["later"] },
  { id: "use", as: "a", call: "use", params: { key: "${key}" }, ...fine },
  { id: "last", as: "a", call: "last", ...fine },
];
const scenario = scenarioOf({ steps: STEPS });
const ids = (cut: { steps: readonly { id: string }[] }): string[] => cut.steps.map((step) => step.id);

test("a step depends on its connection and on who saved what it uses", () => {
  expect(ids(sliceFor(scenario, "use"))).toEqual(["open", "make", "use"]);
  expect(ids(sliceFor(scenario, "noise"))).toEqual(["other", "noise"]);
});

test("a background call and its settle stay together, and restarts always stay", () => {
  expect(ids(sliceFor(scenario, "later"))).toContain("settle");
  const restarting = scenarioOf({
    needs: "restart",
    steps: [...STEPS.slice(0, 2), { id: "again", gateway: "restart" }, ...STEPS.slice(2)],
  });
  expect(ids(sliceFor(restarting, "noise"))).toEqual(["other", "again", "noise"]);
});

test("a wait depends on the calls before it and on the pacing of the provider", () => {
  const waiting = scenarioOf({
    steps: [
      ...STEPS.slice(0, 4),
      { id: "asked", asked: 1 },
      { id: "wait", as: "a", wait: { event: "chat" } },
    ],
  });
  expect(ids(sliceFor(waiting, "wait"))).toEqual(["open", "make", "asked", "wait"]);
});

test("wider cuts: the prefix, and everything but one", () => {
  expect(ids(prefixFor(scenario, "make"))).toEqual(["open", "other", "make"]);
  expect(prefixFor(scenario, "nobody")).toBe(scenario);
  expect(sliceFor(scenario, "nobody")).toBe(scenario);
  expect(withoutEach(prefixFor(scenario, "make"), "make").map(ids)).toEqual([
    ["other", "make"],
    ["open", "make"],
  ]);
});

test("check ids name scenario and step", () => {
  expect(parseCheckId("chat/turn:send:answer")).toEqual({ scenario: "chat/turn", step: "send" });
  expect(() => parseCheckId("chat/turn")).toThrow("no check id");
});

test("shared scenarios of one setup go together, the others alone", () => {
  const one = scenarioOf({ id: "a/one" });
  const two = scenarioOf({ id: "a/two" });
  const other = scenarioOf({ id: "a/three", setup: { env: { A: "1" } } });
  const alone = scenarioOf({ id: "a/four", needs: "fresh" });
  const batches = batchesOf([one, alone, two, other]);
  expect(batches.map((batch) => batch.scenarios.map((each) => each.id))).toEqual([
    ["a/one", "a/two"],
    ["a/three"],
    ["a/four"],
  ]);
});

test.for([
  [{}, undefined],
  [{ needs: "fresh" }, "needs: fresh"],
  [{ setup: { env: { A: "1" } } }, "its setup differs"],
  [{ setup: { api: "ollama" } }, "its setup differs"],
  [{ steps: [{ id: "read", readFile: "x", expect: { present: "/exists" } }] }, "step read reaches into"],
  [{ steps: [{ call: "a", params: ["${home}"], expect: { ok: false } }] }, "HOME"],
] as const)("somebody else's gateway and %j", ([more, reason]) => {
  const found = needsOwnGateway(scenarioOf(more));
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(reason);
});
