import type { Trace, TraceConnection, TraceEvent, TraceStep } from "../drive/trace.ts";
import { parseScenario, type Scenario } from "../scenario/schema.ts";
import { FACTS } from "./testing-facts.ts";

/** A scenario with the given steps and whatever else the test is about. */
export function scenarioOf(more: Record<string, unknown> = {}): Scenario {
  const steps = [
    { id: "open", connect: {} },
    {
      id: "ask",
      call: "things.list",
      params: { sessionKey: "agent:main:mine" },
      expect: { nonEmpty: "/payload" },
    },
  ];
  return parseScenario(
    {
      id: "things/list",
      title: "Things are listed",
      area: "sessions",
      covers: ["things.list"],
      steps,
      ...more,
    },
    "test",
  );
}

export function stepOf(more: Partial<TraceStep> = {}): TraceStep {
  return {
    id: "ask",
    verb: "call",
    as: "main",
    subject: "things.list",
    plane: "wire",
    sent: { sessionKey: "agent:main:mine" },
    received: { ok: true, payload: { things: [1, 2] } },
    order: 3,
    problem: undefined,
    unmet: [],
    latencyMs: 1,
    before: undefined,
    ...more,
  };
}

export function eventOf(event: string, payload: unknown, order: number, seq: unknown = order): TraceEvent {
  return { event, payload, order, seq };
}

export function connectionOf(
  events: readonly TraceEvent[],
  more: Partial<TraceConnection> = {},
): TraceConnection {
  return { name: "main", openedBy: "open", events, ...more };
}

export function traceOf(more: Partial<Trace> = {}): Trace {
  return {
    scenario: "things/list",
    steps: [stepOf()],
    connections: [connectionOf([])],
    outgoing: [],
    facts: FACTS,
    died: undefined,
    ...more,
  };
}
