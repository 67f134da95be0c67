import type { Trace, TraceConnection, TraceEvent, TraceStep } from "../drive/trace.ts";
import { escapeSegment } from "../scenario/pointer.ts";
import type { Marker } from "./normalise.ts";
import { sortKeys } from "./normalise.ts";
import { PENDING } from "./patterns.ts";

/** Events whose order is part of the answer, per run or session, on one connection. */
export interface EventsRecord {
  readonly type: "events";
  readonly connection: string;
  readonly openedBy: string;
  readonly event: string;
  /** The run or session they belong to. */
  readonly of: unknown;
  /** `seq` within the run rises. */
  readonly rises: boolean;
  readonly list: readonly unknown[];
}

/** Events that may come in any order and number: which kinds, with which keys. */
export interface ShapesRecord {
  readonly type: "shapes";
  readonly connection: string;
  readonly openedBy: string;
  /** The event's name and what it is about: sessions.changed#reason. */
  readonly event: string;
  /** Pointers with types, seen in every sample. */
  readonly required: readonly string[];
  /** Seen in some samples only. */
  readonly optional: readonly string[];
  /** The event itself came in some samples only. */
  readonly isOptional: boolean;
}

/** Clockwork and global state, which no scenario is about unless a step waits for it. */
const STRAY = new Set(["tick", "health", "presence", "heartbeat", "connect.challenge"]);
const ORDERED: Readonly<Record<string, string>> = {
  agent: "runId",
  chat: "runId",
  "session.message": "sessionKey",
  "session.tool": "runId",
};
const DISCRIMINATORS = ["reason", "phase", "action", "state", "kind", "status", "type"] as const;

/** Every job that the scenario named or was told of when it made it. */
export function jobIdsOf(trace: Trace): ReadonlySet<string> {
  const found = new Set<string>();
  for (const step of trace.steps) {
    if (!step.subject.startsWith("cron.") || step.subject === "cron.list") continue;
    const answers = [step.received].flat().map((frame) => property(frame, "payload"));
    for (const holder of [step.sent, ...answers, ...answers.map((payload) => property(payload, "job"))]) {
      for (const id of [property(holder, "id"), property(holder, "jobId")]) {
        if (typeof id === "string") found.add(id);
      }
    }
  }
  return found;
}

/**
 * What a gateway tells of itself some time after it started: its own jobs and the catalogue of models are in
 * place, there is or is no update. Whether a connection still hears it depends on when it came.
 */
function isOfTheStart(event: TraceEvent, jobs: ReadonlySet<string>): boolean {
  switch (event.event) {
    case "update.available":
    case "chat.metadata.changed":
      return true;
    case "sessions.changed":
      return property(event.payload, "reason") === "cron-bindings-loaded";
    case "cron":
      return !jobs.has(String(property(event.payload, "jobId")));
    default:
      return false;
  }
}

export interface EventOptions {
  /** Session keys of this scenario; undefined when the gateway is its own and everything counts. */
  readonly mine: ReadonlySet<string> | undefined;
  /** Jobs of this scenario; those of the gateway itself are no part of it. */
  readonly jobs: ReadonlySet<string>;
  readonly ignored: readonly string[];
  readonly clean: (document: unknown, subject: string, step: string) => unknown;
  readonly mark: Marker;
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

const KEY_NAMES = new Set([
  "sessionKey",
  "key",
  "sessionKeys",
  "keys",
  "parentSessionKey",
  "childSessionKey",
]);

/** Every session key that the scenario sent or was told in an answer. */
export function sessionKeysOf(trace: Trace): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: unknown, name: string): void => {
    if (typeof value === "string" && KEY_NAMES.has(name)) found.add(value);
    else if (Array.isArray(value)) for (const item of value) look(item, name);
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) look(item, key);
    }
  };
  for (const step of trace.steps) {
    look(step.sent, "");
    if (step.verb === "call" && step.subject !== "sessions.list") look(step.received, "");
  }
  return found;
}

function isMine(event: TraceEvent, mine: ReadonlySet<string> | undefined): boolean {
  if (property(event.payload, "isHeartbeat") === true) return false;
  const key = property(event.payload, "sessionKey");
  if (mine === undefined || typeof key !== "string") return true;
  if (mine.has(key)) return true;
  // `main` and `agent:main:main` are the same session: clients may name it short.
  return [...mine].some((known) => key.endsWith(`:${known}`));
}

type Group = { readonly event: string; readonly of: string; readonly events: TraceEvent[] };

/** The records of one connection: ordered streams first, then the shapes of everything else. */
export function connectionEvents(
  connection: TraceConnection,
  steps: readonly TraceStep[],
  options: EventOptions,
): (EventsRecord | ShapesRecord)[] {
  const ignored = new Set([...STRAY, ...options.ignored]);
  const relevant = connection.events.filter(
    (event) => !ignored.has(event.event) && isMine(event, options.mine) && !isOfTheStart(event, options.jobs),
  );
  const groups = new Map<string, Group>();
  const shaped: TraceEvent[] = [];
  for (const event of relevant) {
    const scope = ORDERED[event.event];
    const of = scope === undefined ? undefined : property(event.payload, scope);
    if (typeof of !== "string") {
      shaped.push(event);
      continue;
    }
    const key = `${event.event} ${of}`;
    const group = groups.get(key) ?? { event: event.event, of, events: [] };
    group.events.push(event);
    groups.set(key, group);
  }
  const answers = steps.filter(
    (step) => step.verb === "call" && step.as === connection.name && step.order !== undefined,
  );
  const streams = [...groups.values()].map((group) => streamRecord(connection, group, answers, options));
  return [...streams, ...shapeRecords(connection, shaped, options)];
}

function streamRecord(
  connection: TraceConnection,
  group: Group,
  answers: readonly TraceStep[],
  options: EventOptions,
): EventsRecord {
  const pieces = group.events.map((event) => ({ order: event.order, value: withoutSeq(event) }));
  const marks = answers
    .filter((step) => mentions(step.received, group.of))
    .map((step) => ({ order: step.order ?? 0, value: { answer: step.id } }));
  const list = joinPieces([...pieces, ...marks].sort((a, b) => a.order - b.order).map((item) => item.value));
  return {
    type: "events",
    connection: connection.name,
    openedBy: connection.openedBy,
    event: group.event,
    of: options.mark(group.of),
    rises: isRising(group.events),
    list: list.map((item) => options.clean(item, `event:${group.event}`, connection.openedBy)),
  };
}

/** Only answers that name the run: the acknowledgement comes before the run's first event. */
function mentions(received: unknown, of: string): boolean {
  const first: unknown = Array.isArray(received) ? received[0] : received;
  return property(property(first, "payload"), "runId") === of;
}

function isRising(events: readonly TraceEvent[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    const seq = property(event.payload, "seq");
    if (typeof seq !== "number") continue;
    if (seq < last) return false;
    last = seq;
  }
  return true;
}

function withoutSeq(event: TraceEvent): unknown {
  const { seq: _seq, ...payload } =
    typeof event.payload === "object" && event.payload !== null
      ? (event.payload as Record<string, unknown>)
      : {};
  return { payload };
}

/** Where the pieces of a text stand that may be cut anywhere, by time alone. */
function deltaOf(item: unknown): { readonly kind: string; readonly text: string } | undefined {
  const payload = property(item, "payload");
  const data = property(payload, "data");
  const chat = property(payload, "deltaText");
  if (property(payload, "state") === "delta" && typeof chat === "string") return { kind: "chat", text: chat };
  const agent = property(data, "delta");
  if (typeof agent === "string") return { kind: String(property(payload, "stream")), text: agent };
  return undefined;
}

function withDelta(item: unknown, text: string): unknown {
  const payload = property(item, "payload") as Record<string, unknown>;
  if (typeof payload["deltaText"] === "string") return { payload: { ...payload, deltaText: text } };
  return { payload: { ...payload, data: { ...(payload["data"] as object), delta: text } } };
}

/** Neighbouring pieces of one text become one piece: how a text is cut is a matter of milliseconds. */
export function joinPieces(items: readonly unknown[]): unknown[] {
  const joined: unknown[] = [];
  for (const item of items) {
    const piece = deltaOf(item);
    const last = joined.at(-1);
    const before = last === undefined ? undefined : deltaOf(last);
    if (piece === undefined || before === undefined || piece.kind !== before.kind) joined.push(item);
    else joined[joined.length - 1] = withDelta(item, before.text + piece.text);
  }
  return joined;
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

/** A shape is a pointer, a blank, and a type; keys may have blanks of their own. */
export function splitShape(shape: string): readonly [pointer: string, type: string] {
  const blank = shape.lastIndexOf(" ");
  return [shape.slice(0, blank), shape.slice(blank + 1)];
}

function shapeOf(value: unknown, pointer: string, into: Set<string>): void {
  if (pointer !== "") into.add(`${pointer} ${typeName(value)}`);
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${pointer}/*`, into);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const name = key.replace(PENDING, (_match, kind: string) => `<${kind}>`);
      shapeOf(item, `${pointer}/${escapeSegment(name)}`, into);
    }
  }
}

function nameOf(event: TraceEvent): string {
  for (const key of DISCRIMINATORS) {
    const value = property(event.payload, key);
    if (typeof value === "string" && value.length < 60) return `${event.event}#${key}=${value}`;
  }
  return event.event;
}

function shapeRecords(
  connection: TraceConnection,
  events: readonly TraceEvent[],
  options: EventOptions,
): ShapesRecord[] {
  const shapes = new Map<string, Set<string>>();
  for (const event of events) {
    const name = nameOf(event);
    const shape = shapes.get(name) ?? new Set<string>();
    shapes.set(name, shape);
    const cleaned = options.clean({ payload: event.payload }, `event:${event.event}`, connection.openedBy);
    shapeOf(sortKeys(property(cleaned, "payload")), "", shape);
  }
  return [...shapes.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([event, shape]) => ({
      type: "shapes",
      connection: connection.name,
      openedBy: connection.openedBy,
      event,
      required: [...shape].sort(),
      optional: [],
      isOptional: false,
    }));
}
