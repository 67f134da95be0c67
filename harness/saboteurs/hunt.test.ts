import { expect, test } from "vitest";
import { inEvent, type Passing, renumbered, type Saboteur } from "./fault.ts";
import { verdictOn } from "./hunt.ts";
import { SABOTEURS } from "./saboteurs.ts";

const saboteur: Saboteur = { id: "x", does: "y", scenario: "s/t", caughtBy: /:seq$/, fault: () => ({}) };

test("there are at least thirty, each with an id and a scenario of its own to answer for", () => {
  expect(SABOTEURS.length).toBeGreaterThanOrEqual(30);
  expect(new Set(SABOTEURS.map(({ id }) => id)).size).toBe(SABOTEURS.length);
});

test("a check that fails without the fault catches nobody", () => {
  expect(verdictOn(saboteur, ["open:seq"], ["open:seq"]).caughtBy).toEqual([]);
  expect(verdictOn(saboteur, [], ["open:seq", "send:answer"])).toMatchObject({
    caughtBy: ["open:seq"],
    alsoFailed: ["send:answer"],
  });
});

test("another check than the one that was meant does not count as a catch", () => {
  expect(verdictOn(saboteur, [], ["send:answer"]).caughtBy).toEqual([]);
});

test("a fault about content leaves the numbers whole", () => {
  const fault = renumbered(inEvent("chat", (frame) => (frame.payload === "bad" ? [] : [frame])));
  const passing: Passing = { connection: {}, method: undefined, params: undefined, restarts: 0 };
  const sent = ["good", "bad", "good"].flatMap((payload, index) =>
    fault.toClient?.({ type: "event", event: "chat", payload, seq: index + 1 }, passing),
  );
  expect(sent.map((frame) => frame?.seq)).toEqual([1, 2]);
});

test("a fault keeps nothing from one run to the next", () => {
  for (const { fault } of SABOTEURS) expect(fault()).not.toBe(fault());
});
