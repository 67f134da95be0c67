import { until } from "../launch/bounded.ts";
import { contains } from "../scenario/expect.ts";
import { at } from "../scenario/pointer.ts";
import type { StepOf } from "../scenario/step-schema.ts";
import type { Connection, Received, WireEvent } from "./connection.ts";
import {
  connectionOf,
  documentOf,
  filled,
  type Outcome,
  type RunState,
  type SettledStep,
  StepProblem,
  timeoutOf,
} from "./session.ts";

const CLOSE_MS = 1500;

interface SentCall {
  readonly id: string;
  readonly sentAt: number;
  readonly params: unknown;
}

function sendCall(state: RunState, step: StepOf<"call">, connection: Connection): SentCall {
  const id = connection.nextRequestId();
  const params = filled(state, step.params);
  const frame = {
    type: "req",
    id,
    method: filled(state, step.call),
    ...(params === undefined ? {} : { params }),
    ...filled(state, step.frame ?? {}),
  };
  connection.send(JSON.stringify(frame));
  return { id, sentAt: performance.now(), params };
}

/** `agent` answers twice, unless the first answer is already a refusal. */
async function answersOf(
  connection: Connection,
  id: unknown,
  frames: number,
  timeoutMs: number,
): Promise<Received[]> {
  const first = await connection.responses(id, 1, timeoutMs);
  const document = documentOf(first);
  const isRefused =
    typeof document === "object" && document !== null && Reflect.get(document, "ok") === false;
  if (frames === 1 || first.length === 0 || isRefused) return first;
  return [...first, ...(await connection.responses(id, frames - 1, timeoutMs))];
}

/** The answers, and the close when the step expects one or the socket has gone. */
async function finish(
  step: StepOf<"call"> | StepOf<"send">,
  connection: Connection,
  responses: readonly Received[],
  wanted: number,
): Promise<{ received: unknown; order: number | undefined }> {
  if (step.expect?.close !== undefined) await connection.awaitClose(step.timeoutMs ?? CLOSE_MS);
  const close = connection.closeInfo;
  const document = wanted > 1 ? responses.map((response) => documentOf([response])) : documentOf(responses);
  if (responses.length < wanted && close === undefined) {
    throw new StepProblem(`${responses.length} of ${wanted} answers came`, document);
  }
  const order = responses.at(-1)?.order;
  if (close === undefined) return { received: document ?? {}, order };
  const received = Array.isArray(document)
    ? { answers: document, close }
    : { ...(document as object), close };
  return { received, order };
}

async function repeatCall(state: RunState, step: StepOf<"call">, count: number): Promise<Outcome> {
  const connection = connectionOf(state, step.as);
  const timeoutMs = timeoutOf(state, step);
  const sent: SentCall[] = [];
  const answers: unknown[] = [];
  const read = async (call: SentCall | undefined): Promise<void> => {
    const responses = await answersOf(connection, call?.id, step.frames, timeoutMs);
    if (responses.length === 0)
      throw new StepProblem(`answer ${answers.length + 1} of ${count} did not come`, answers);
    answers.push(documentOf(responses));
  };
  for (let index = 0; index < count; index++) {
    sent.push(sendCall(state, step, connection));
    if (!step.burst) await read(sent.at(-1));
  }
  if (step.burst) for (const call of sent) await read(call);
  return { sent: sent[0]?.params, received: answers };
}

export async function callStep(state: RunState, step: StepOf<"call">): Promise<Outcome> {
  if (step.times !== undefined) return repeatCall(state, step, step.times);
  const connection = connectionOf(state, step.as);
  if (connection.closeInfo !== undefined) throw new StepProblem("the connection is closed");
  const call = sendCall(state, step, connection);
  if (step.background) {
    const pending = { step, connection, requestId: call.id, frames: step.frames, sentAt: call.sentAt };
    state.background.set(step.id, pending);
    return { sent: call.params };
  }
  const responses = await answersOf(connection, call.id, step.frames, timeoutOf(state, step));
  const latencyMs = performance.now() - call.sentAt;
  const isRefused =
    step.frames > 1 && responses.length === 1 && Reflect.get(documentOf(responses) ?? {}, "ok") === false;
  const outcome = await finish(step, connection, responses, isRefused ? 1 : step.frames);
  return { sent: call.params, ...outcome, latencyMs };
}

export async function settleStep(state: RunState, step: StepOf<"settle">): Promise<Outcome> {
  const settled: SettledStep[] = [];
  for (const id of step.settle) {
    const pending = state.background.get(id);
    if (pending === undefined) throw new StepProblem(`${id} was not sent`);
    const responses = await answersOf(
      pending.connection,
      pending.requestId,
      pending.frames,
      timeoutOf(state, step),
    );
    const isMissing = responses.length === 0;
    settled.push({
      id,
      received: isMissing ? undefined : documentOf(responses),
      order: responses.at(-1)?.order,
      latencyMs: performance.now() - pending.sentAt,
      problem: isMissing ? "no answer came" : undefined,
    });
  }
  return { settled };
}

function frameText(send: StepOf<"send">["send"]): string {
  const text = send.text ?? JSON.stringify(send.json);
  const missing = (send.padToBytes ?? 0) - Buffer.byteLength(text);
  return missing > 0 ? text + " ".repeat(missing) : text;
}

export async function sendStep(state: RunState, step: StepOf<"send">): Promise<Outcome> {
  const connection = connectionOf(state, step.as);
  const send = filled(state, step.send);
  const text = frameText(send);
  const sentAt = performance.now();
  connection.send(send.binary ? Buffer.from(text) : text, send.binary);
  const responses = await connection.anyResponses(step.replies, timeoutOf(state, step));
  const latencyMs = performance.now() - sentAt;
  // Ids of raw frames are part of the answer: the gateway has to echo them.
  const kept = responses.map(({ frame }) => frame);
  const outcome = await finish(step, connection, responses, step.replies);
  const close = connection.closeInfo;
  const received =
    kept.length === 1 && typeof kept[0] === "object"
      ? { ...kept[0], ...(close === undefined ? {} : { close }) }
      : { answers: kept, ...(close === undefined ? {} : { close }) };
  return { sent: send, received, order: outcome.order, latencyMs };
}

function fits(match: Record<string, unknown> | undefined): (event: WireEvent) => boolean {
  return (event) =>
    Object.entries(match ?? {}).every(([pointer, wanted]) => contains(at(event.frame, pointer), wanted));
}

/** The event without its number: that counts per connection, and is checked there. */
function eventDocument(event: WireEvent): unknown {
  return { event: event.event, ...(event.payload === undefined ? {} : { payload: event.payload }) };
}

export async function waitStep(state: RunState, step: StepOf<"wait">): Promise<Outcome> {
  const connection = connectionOf(state, step.as);
  const wait = filled(state, step.wait);
  const isFitting = fits(wait.match);
  const begun = performance.now();
  const found = await connection.take(
    (event) => event.event === wait.event && isFitting(event),
    timeoutOf(state, step),
  );
  if (found === undefined) {
    state.hasTimedOut = true;
    throw new StepProblem(`no event ${wait.event} with ${JSON.stringify(wait.match ?? {})} came`);
  }
  return {
    sent: wait,
    received: eventDocument(found),
    order: found.order,
    latencyMs: performance.now() - begun,
  };
}

export async function neverStep(state: RunState, step: StepOf<"never">): Promise<Outcome> {
  const connection = connectionOf(state, step.as);
  const never = filled(state, step.never);
  const isFitting = fits(never.match);
  const find = (): WireEvent | undefined =>
    connection.events.find((event) => event.event === never.event && isFitting(event));
  await until(() => find() !== undefined, never.forMs);
  const found = find();
  return { sent: never, received: { came: found === undefined ? null : eventDocument(found) } };
}
