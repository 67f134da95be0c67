import type { Trace, TraceStep } from "../drive/trace.ts";
import type { Scenario } from "../scenario/schema.ts";
import { connectionEvents, type EventsRecord, jobIdsOf, type ShapesRecord, sessionKeysOf } from "./events.ts";
import { IdNumbers, marker, numberIds, sortKeys } from "./normalise.ts";
import { applyOrder, applyRules, asRules, type Rule, rulesFor } from "./rules.ts";

export interface StepRecord {
  readonly type: "step";
  readonly id: string;
  readonly as: string;
  readonly verb: string;
  readonly subject: string;
  readonly plane: "wire" | "state";
  readonly sent?: unknown;
  readonly received?: unknown;
  readonly problem?: string;
}

export interface SeqRecord {
  readonly type: "seq";
  readonly connection: string;
  readonly openedBy: string;
  readonly isContiguous: boolean;
}

export interface OutgoingRecord {
  readonly type: "outgoing";
  readonly asks: readonly unknown[];
}

export type GoldenRecord = StepRecord | EventsRecord | ShapesRecord | SeqRecord | OutgoingRecord;

/** Steps that receive something worth comparing. */
const COMPARED = new Set([
  "connect",
  "open",
  "call",
  "send",
  "wait",
  "never",
  "awaitClose",
  "http",
  "readFile",
  "gateway",
  "cli",
]);

/** A trace as goldens have it: named, ruled, sorted, with ids numbered in the order of the records. */
export function canonical(trace: Trace, scenario: Scenario, noise: readonly Rule[]): GoldenRecord[] {
  const mark = marker(trace.facts);
  const rules = [...noise, ...asRules(scenario.compare)];
  const clean = (document: unknown, subject: string, step: string): unknown => {
    const fitting = rulesFor(rules, subject, step);
    return sortKeys(applyRules(mark(applyOrder(document, fitting)), fitting));
  };
  const steps = trace.steps.filter((step) => COMPARED.has(step.verb)).map((step) => stepRecord(step, clean));
  const mine = scenario.needs === "shared" ? sessionKeysOf(trace) : undefined;
  const options = { mine, jobs: jobIdsOf(trace), ignored: scenario.ignoreEvents, clean, mark };
  const events = scenario.planes.events
    ? trace.connections.flatMap((connection) => connectionEvents(connection, trace.steps, options))
    : [];
  const outgoing: OutgoingRecord = {
    type: "outgoing",
    asks: trace.outgoing.map((ask) => clean(ask, "provider", "provider")),
  };
  const records: GoldenRecord[] = [
    ...steps,
    ...trace.connections.map(seqRecord),
    ...(scenario.planes.outgoing ? [outgoing] : []),
    ...events,
  ];
  const numbers = new IdNumbers();
  // numberIds keeps the shape of what it is given: it only changes texts.
  return records.map((record) => numberIds(record, numbers) as GoldenRecord);
}

type Clean = (document: unknown, subject: string, step: string) => unknown;

function stepRecord(step: TraceStep, clean: Clean): StepRecord {
  const isFine = step.problem === undefined;
  return {
    type: "step",
    id: step.id,
    as: step.as,
    verb: step.verb,
    subject: step.subject,
    plane: step.plane,
    ...(step.sent === undefined ? {} : { sent: clean(step.sent, `sent:${step.subject}`, step.id) }),
    ...(step.received === undefined ? {} : { received: clean(step.received, step.subject, step.id) }),
    ...(isFine ? {} : { problem: step.problem }),
  };
}

/** Numbers of events rise by one from 1, and connect.challenge has none. */
function seqRecord(connection: Trace["connections"][number]): SeqRecord {
  const numbered = connection.events.filter((event) => event.event !== "connect.challenge");
  const challenges = connection.events.filter((event) => event.event === "connect.challenge");
  const isContiguous =
    numbered.every((event, index) => event.seq === index + 1) &&
    challenges.every((event) => event.seq === undefined);
  return { type: "seq", connection: connection.name, openedBy: connection.openedBy, isContiguous };
}
