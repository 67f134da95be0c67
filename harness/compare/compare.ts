import type { Scenario } from "../scenario/schema.ts";
import type { Step } from "../scenario/step-schema.ts";
import type { GoldenRecord, OutgoingRecord, SeqRecord, StepRecord } from "./canonical.ts";
import { Binding, type Diff, diff } from "./diff.ts";
import { type EventsRecord, type ShapesRecord, splitShape } from "./events.ts";
import { asRules, type Rule, rulesFor } from "./rules.ts";
import type { Check, Severity } from "./verdict.ts";

/** What a run knows beside the records: latencies, unmet expectations, the frame before. */
export interface StepExtras {
  readonly unmet: readonly Diff[];
  readonly latencyMs: number | undefined;
  readonly before: unknown;
}

export interface CompareInput {
  readonly scenario: Scenario;
  readonly golden: readonly GoldenRecord[];
  readonly actual: readonly GoldenRecord[];
  readonly noise: readonly Rule[];
  readonly extras: ReadonlyMap<string, StepExtras>;
  /** The gateway's process ended by itself while the scenario ran. */
  readonly died: string | undefined;
}

const DIFFS_MAX = 40;

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function severityOf(diffs: readonly Diff[]): Severity {
  if (diffs.some((one) => one.pointer === "/ok" || one.kind === "problem")) return "critical";
  return diffs.every((one) => one.kind === "extra") ? "minor" : "major";
}

type Common = Pick<Check, "step" | "kind" | "method" | "plane">;

function checkOf(input: CompareInput, common: Common, diffs: readonly Diff[]): Check {
  const { scenario } = input;
  return {
    id: `${scenario.id}:${common.step}:${common.kind}`,
    scenario: scenario.id,
    ...common,
    area: scenario.area,
    verdict: diffs.length === 0 ? "pass" : "fail",
    severity: diffs.length === 0 ? "major" : severityOf(diffs),
    diffs: diffs.slice(0, DIFFS_MAX),
    diffCount: diffs.length,
  };
}

/** A gateway may refuse more than the reference where the scenario is about security, never less. */
function oneWay(
  check: Check,
  step: Step | undefined,
  golden: StepRecord,
  actual: StepRecord | undefined,
): Check {
  if (step?.security !== "one-way" || check.verdict === "pass") return check;
  const wasAllowed = property(golden.received, "ok");
  const isAllowed = property(actual?.received, "ok");
  if (wasAllowed === true && isAllowed === false) {
    return { ...check, verdict: "pass", severity: "minor", note: "stricter than the reference" };
  }
  if (wasAllowed === false && isAllowed === true) {
    return { ...check, severity: "critical", note: "laxer than the reference" };
  }
  return check;
}

function stepCheck(
  input: CompareInput,
  golden: StepRecord,
  actual: StepRecord | undefined,
  binding: Binding,
): Check {
  const rules = rulesFor([...input.noise, ...asRules(input.scenario.compare)], golden.subject, golden.id);
  const extras = input.extras.get(golden.id);
  const diffs: Diff[] = [];
  const problem = actual === undefined ? "the step did not happen" : actual.problem;
  if (problem !== golden.problem) {
    diffs.push({ pointer: "", kind: "problem", expected: golden.problem ?? null, actual: problem ?? null });
  }
  if (golden.received !== undefined || actual?.received !== undefined) {
    if (problem === undefined) diffs.push(...diff(golden.received, actual?.received, { binding, rules }));
  }
  diffs.push(...(extras?.unmet ?? []));
  const common = { step: golden.id, kind: "answer", method: golden.subject, plane: golden.plane };
  const check: Check = {
    ...checkOf(input, common, diffs),
    ...(extras?.latencyMs === undefined ? {} : { latencyMs: extras.latencyMs }),
    ...(diffs.length > 0 && extras?.before !== undefined ? { before: extras.before } : {}),
  };
  const step = input.scenario.steps.find((one) => one.id === golden.id);
  return oneWay(check, step, golden, actual);
}

const atConnection = (record: { connection: string }, first: string): string =>
  record.connection === first ? "" : `@${record.connection}`;

/** Several connections of one step (`times`) are told apart by name; the first one needs none. */
function firstOf(records: readonly GoldenRecord[], openedBy: string): string {
  const seq = records.find(
    (record): record is SeqRecord => record.type === "seq" && record.openedBy === openedBy,
  );
  return seq?.connection ?? "";
}

function seqChecks(input: CompareInput): Check[] {
  const isSeq = (record: GoldenRecord): record is SeqRecord => record.type === "seq";
  const actual = input.actual.filter(isSeq);
  return input.golden.filter(isSeq).map((golden) => {
    const found = actual.find(
      (one) => one.connection === golden.connection && one.openedBy === golden.openedBy,
    );
    const isSame = found?.isContiguous === golden.isContiguous;
    const diffs: Diff[] = isSame
      ? []
      : [
          {
            pointer: "/seq",
            kind: "order",
            expected: golden.isContiguous ? "numbers rise by one from 1" : "not contiguous",
            actual:
              found === undefined
                ? "no such connection"
                : found.isContiguous
                  ? "contiguous"
                  : "not contiguous",
          },
        ];
    const kind = `seq${atConnection(golden, firstOf(input.golden, golden.openedBy))}`;
    return checkOf(input, { step: golden.openedBy, kind, method: "event:seq", plane: "wire" }, diffs);
  });
}

function shapeDiffs(golden: ShapesRecord | undefined, actual: ShapesRecord | undefined): Diff[] {
  if (golden === undefined) {
    return actual === undefined || actual.isOptional
      ? []
      : [{ pointer: "", kind: "extra", actual: `event ${actual.event}` }];
  }
  if (actual === undefined) {
    return golden.isOptional ? [] : [{ pointer: "", kind: "missing", expected: `event ${golden.event}` }];
  }
  const known = new Set([...golden.required, ...golden.optional]);
  const seen = new Set([...actual.required, ...actual.optional]);
  const missing = golden.required.filter((shape) => !seen.has(shape));
  const extra = [...seen].filter((shape) => !known.has(shape));
  return [
    ...missing.map(
      (shape): Diff => ({ pointer: `/payload${splitShape(shape)[0]}`, kind: "missing", expected: shape }),
    ),
    ...extra.map(
      (shape): Diff => ({ pointer: `/payload${splitShape(shape)[0]}`, kind: "extra", actual: shape }),
    ),
  ];
}

function streamDiffs(
  golden: EventsRecord | undefined,
  actual: EventsRecord | undefined,
  binding: Binding,
  rules: readonly Rule[],
): Diff[] {
  if (golden === undefined) return [{ pointer: "", kind: "extra", actual: actual?.list }];
  if (actual === undefined) return [{ pointer: "", kind: "missing", expected: golden.list }];
  const found = diff(golden.list, actual.list, { binding, rules });
  if (golden.rises !== actual.rises) {
    found.push({ pointer: "/payload/seq", kind: "order", expected: golden.rises, actual: actual.rises });
  }
  return found;
}

type Stream = EventsRecord | ShapesRecord;
const isStream = (record: GoldenRecord): record is Stream =>
  record.type === "events" || record.type === "shapes";
const eventName = (record: Stream): string => record.event.split("#")[0] ?? record.event;

/** Streams are paired in the order in which their runs began; ids of runs are bound, not equal. */
function pairUp(
  golden: readonly Stream[],
  actual: readonly Stream[],
): [Stream | undefined, Stream | undefined][] {
  const rest = [...actual];
  const pairs: [Stream | undefined, Stream | undefined][] = golden.map((one) => {
    const index = rest.findIndex(
      (other) => other.type === one.type && (one.type === "events" || other.event === one.event),
    );
    return [one, index < 0 ? undefined : rest.splice(index, 1)[0]];
  });
  return [...pairs, ...rest.map((other): [undefined, Stream] => [undefined, other])];
}

function eventChecks(input: CompareInput, binding: Binding): Check[] {
  const golden = input.golden.filter(isStream);
  const actual = input.actual.filter(isStream);
  const placeOf = (record: Stream): string =>
    JSON.stringify([record.openedBy, record.connection, eventName(record)]);
  const places = [...new Set([...golden, ...actual].map(placeOf))];
  return places.map((place) => {
    const here = (records: readonly Stream[]): Stream[] =>
      records.filter((record) => placeOf(record) === place);
    const [openedBy = "", connection = "", event = ""] = JSON.parse(place) as string[];
    const rules = rulesFor([...input.noise, ...asRules(input.scenario.compare)], `event:${event}`, openedBy);
    const diffs = pairUp(here(golden), here(actual)).flatMap(([one, other]) =>
      (one ?? other)?.type === "shapes"
        ? shapeDiffs(one as ShapesRecord | undefined, other as ShapesRecord | undefined)
        : streamDiffs(one as EventsRecord | undefined, other as EventsRecord | undefined, binding, rules),
    );
    const kind = `events.${event}${atConnection({ connection }, firstOf(input.golden, openedBy))}`;
    return checkOf(input, { step: openedBy, kind, method: `event:${event}`, plane: "wire" }, diffs);
  });
}

function outgoingChecks(input: CompareInput, binding: Binding): Check[] {
  const isOutgoing = (record: GoldenRecord): record is OutgoingRecord => record.type === "outgoing";
  const golden = input.golden.find(isOutgoing);
  if (golden === undefined) return [];
  const asks = input.actual.find(isOutgoing)?.asks ?? [];
  const rules = rulesFor([...input.noise, ...asRules(input.scenario.compare)], "provider", "provider");
  const diffs = diff(golden.asks, asks, { binding, rules });
  // A scenario that asks nothing of the provider counts as a check only when somebody did ask.
  if (golden.asks.length === 0 && diffs.length === 0) return [];
  return [
    checkOf(input, { step: "provider", kind: "outgoing", method: "provider", plane: "outgoing" }, diffs),
  ];
}

function runCheck(input: CompareInput): Check[] {
  if (input.died === undefined) return [];
  const diffs: Diff[] = [{ pointer: "", kind: "problem", expected: "the process lives", actual: input.died }];
  return [checkOf(input, { step: "gateway", kind: "run", method: "gateway", plane: "wire" }, diffs)];
}

/** Golden against what was seen: one check per question, in the order of the scenario. */
export function compare(input: CompareInput): Check[] {
  const binding = new Binding();
  const isStep = (record: GoldenRecord): record is StepRecord => record.type === "step";
  const actual = new Map(input.actual.filter(isStep).map((record) => [record.id, record]));
  const steps = input.golden
    .filter(isStep)
    .map((golden) => stepCheck(input, golden, actual.get(golden.id), binding));
  return [
    ...steps,
    ...seqChecks(input),
    ...eventChecks(input, binding),
    ...outgoingChecks(input, binding),
    ...runCheck(input),
  ];
}
