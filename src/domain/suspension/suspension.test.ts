import { expect, test } from "vitest";
import { systemIds } from "../../platform/ids.ts";
import { createTestClock } from "../../testing/clock.ts";
import { type Blocker, createSuspension } from "./index.ts";

function rig() {
  const clock = createTestClock();
  const phases: unknown[] = [];
  const blockers: Blocker[] = [];
  const suspension = createSuspension({
    clock,
    ids: systemIds,
    events: { publish: (_event, payload) => void phases.push(Object(payload).phase) },
    blockers: () => blockers,
    terminals: () => [],
  });
  return { clock, phases, blockers, suspension };
}

test("[OP2] a suspension that nobody ends, ends by itself and says so", () => {
  const { clock, phases, suspension } = rig();
  suspension.prepare("a", false);

  expect(() => suspension.admit("chat.send")).toThrow(/unavailable during gateway suspension$/);
  clock.advance(120_000);

  expect(() => suspension.admit("chat.send")).not.toThrow();
  expect(phases).toEqual(["preparing", "prepared", "accepting"]);
});

test("[OP2] what goes on keeps a gateway awake, unless it may come to its end under the lease", () => {
  const { blockers, suspension } = rig();
  blockers.push({ kind: "chat-run", count: 1, message: "1 active agent run(s)" });

  const busy = suspension.prepare("a", false);
  const phase = suspension.phase;
  const draining = suspension.prepare("a", true);
  blockers.pop();
  const ready = suspension.prepare("a", true);

  expect([busy.status, phase, draining.status, ready.status]).toEqual([
    "busy",
    "accepting",
    "draining",
    "ready",
  ]);
  expect(suspension.phase).toBe("prepared");
});
