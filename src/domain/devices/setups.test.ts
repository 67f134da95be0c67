import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { systemIds } from "../../platform/ids.ts";
import { createTestClock } from "../../testing/clock.ts";
import { createSetups, type KeptSetups } from "./setups.ts";

function rig() {
  const clock = createTestClock();
  let kept = "";
  // As a database would: only what can be written down survives.
  const store = {
    loadSetups: () => (kept === "" ? undefined : (JSON.parse(kept) as KeptSetups)),
    saveSetups: async (setups: KeptSetups) => void (kept = JSON.stringify(setups)),
  };
  const events = { publish: () => {} };
  return { clock, inside: () => kept, open: () => createSetups({ clock, ids: systemIds, events, store }) };
}

test("[DV16] a code and its link are as good after a restart as before it, and no longer than they live", async () => {
  const { clock, open, inside } = rig();
  const before = open();
  const { setup, payload } = before.create("node", "wss://gw.example.com");
  expect(inside()).not.toContain(payload.bootstrapToken);
  const code = before.publish(payload);
  await before.kept();

  const after = open();
  expect(after.find(payload.bootstrapToken, "d1", "node", [])).toMatchObject({ setupId: setup.setupId });
  expect(after.open(code)).toEqual(payload);
  expect(open().open(code)).toBeUndefined();
  clock.advance(POLICY.setupLifetimeMs);
  expect(open().find(payload.bootstrapToken, "d1", "node", [])).toBeUndefined();
});

test("[DV16] a code that was used up, or belongs to a device, stays so over a restart", () => {
  const { open } = rig();
  const first = open();
  const { setup, payload } = first.create("full", "wss://gw.example.com");
  first.redeem(setup.setupId, { id: "d1" }, ["node"]);
  const second = open();
  expect(second.find(payload.bootstrapToken, "d2", "operator", [])).toBeUndefined();
  expect(second.find(payload.bootstrapToken, "d1", "operator", [])).toBeDefined();
  second.redeem(setup.setupId, { id: "d1" }, ["operator"]);
  expect(open().find(payload.bootstrapToken, "d1", "operator", [])).toBeUndefined();
});
