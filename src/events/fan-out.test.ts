import { expect, test } from "vitest";
import { createFanOut, type Receiver } from "./fan-out.ts";

const receiver = (scope: string, topics: readonly string[] = []): Receiver => ({
  connId: scope,
  caps: new Set(),
  topics: new Set(topics),
  mayReceive: (access) => access === scope,
  deliver: () => {},
});

test("[EV9] an event is heard when somebody may have it, subscribed, or listens within", () => {
  const fanOut = createFanOut({ stateVersion: () => ({ presence: 1, health: 1 }) });
  fanOut.join(receiver("operator.read", ["sessions"]));

  const heard = [
    fanOut.isHeard?.("sessions.changed", { topics: ["sessions"] }),
    fanOut.isHeard?.("sessions.changed", { topics: ["messages:a"] }),
    fanOut.isHeard?.("sessions.changed", { topics: ["sessions"], holding: "operator.admin" }),
  ];
  fanOut.overhear(
    "sessions.changed",
    () => {},
    () => false,
  );
  const withDeafEars = fanOut.isHeard?.("sessions.changed", { topics: ["messages:a"] });
  fanOut.overhear("sessions.changed", () => {});

  expect(heard).toEqual([true, false, false]);
  expect(withDeafEars).toBe(false);
  expect(fanOut.isHeard?.("sessions.changed", { topics: ["messages:a"] })).toBe(true);
});
