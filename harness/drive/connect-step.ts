import { until } from "../launch/bounded.ts";
import type { Gateway } from "../launch/gateway.ts";
import { WRONG_TOKEN } from "../launch/secrets.ts";
import type { Connect, StepOf } from "../scenario/step-schema.ts";
import { Connection, type WireEvent } from "./connection.ts";
import { deviceParams } from "./device.ts";
import { documentOf, filled, type Outcome, type RunState, StepProblem, timeoutOf } from "./session.ts";

const PLATFORM = "linux";
const CLOSE_AFTER_REFUSAL_MS = 1500;

function authOf(auth: Connect["auth"], gateway: Gateway): Record<string, unknown> | undefined {
  if (typeof auth === "object") return { ...auth };
  switch (auth) {
    case "token":
      return { token: gateway.token };
    case "password":
      return { password: gateway.password };
    case "empty":
      return { token: "" };
    case "wrong":
      return { token: WRONG_TOKEN };
    case "wrong-password":
      return { password: WRONG_TOKEN };
    case "none":
      return undefined;
    default:
      return auth satisfies never;
  }
}

function challengeOf(event: WireEvent | undefined): { nonce: string; ts: number } {
  const payload = event?.payload;
  const nonce: unknown =
    typeof payload === "object" && payload !== null ? Reflect.get(payload, "nonce") : undefined;
  const ts: unknown =
    typeof payload === "object" && payload !== null ? Reflect.get(payload, "ts") : undefined;
  return { nonce: typeof nonce === "string" ? nonce : "", ts: typeof ts === "number" ? ts : Date.now() };
}

/** `connect.params` for the step's options and this challenge. */
function connectParams(connect: Connect, challenge: WireEvent | undefined, gateway: Gateway): unknown {
  if (connect.raw !== undefined) return connect.raw;
  const auth = authOf(connect.auth, gateway);
  const client: Record<string, unknown> = { version: "1.0.0", platform: PLATFORM, ...connect.client };
  const { nonce, ts } = challengeOf(challenge);
  const secret = auth?.["deviceToken"] ?? auth?.["token"] ?? auth?.["bootstrapToken"] ?? "";
  const device =
    connect.device === undefined
      ? undefined
      : deviceParams(connect.device, {
          clientId: String(client["id"]),
          clientMode: String(client["mode"]),
          role: connect.role ?? "operator",
          scopes: connect.scopes ?? [],
          token: String(secret),
          nonce,
          challengeMs: ts,
          platform: String(client["platform"]),
        });
  if (connect.device?.deviceFamily !== undefined) client["deviceFamily"] = connect.device.deviceFamily;
  return {
    minProtocol: connect.protocol.min,
    maxProtocol: connect.protocol.max,
    client,
    ...(connect.role === null ? {} : { role: connect.role }),
    ...(connect.scopes === undefined ? {} : { scopes: connect.scopes }),
    ...(connect.caps === undefined ? {} : { caps: connect.caps }),
    ...(auth === undefined ? {} : { auth }),
    ...(device === undefined ? {} : { device }),
    ...connect.extra,
  };
}

/** Names for `times`: alice, alice-2, alice-3 ... */
export function nameAt(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}

async function openSocket(
  state: RunState,
  stepId: string,
  name: string,
  options: {
    readonly path: string;
    readonly headers?: Record<string, string> | undefined;
    readonly protocols?: string[] | undefined;
  },
): Promise<Connection | { status: number; body: unknown }> {
  const opened = await Connection.open(name, {
    url: `${state.gateway.url}${options.path}`,
    headers: options.headers,
    protocols: options.protocols,
  });
  if (!(opened instanceof Connection)) {
    let body: unknown = opened.body;
    try {
      body = JSON.parse(opened.body);
    } catch {
      // A plain text answer is compared as it is.
    }
    return { status: opened.status, body };
  }
  state.connections.set(name, opened);
  state.openedBy.set(opened, stepId);
  return opened;
}

const OPENER_KEYS = ["type", "protocol", "auth", "policy"] as const;

/** A connect that is only there to open a connection is not compared in full: that is what its own scenarios do. */
function opener(answer: unknown): unknown {
  const payload: unknown =
    typeof answer === "object" && answer !== null ? Reflect.get(answer, "payload") : undefined;
  if (typeof payload !== "object" || payload === null) return answer;
  const kept = OPENER_KEYS.filter((key) => Object.hasOwn(payload, key));
  return { ok: true, payload: Object.fromEntries(kept.map((key) => [key, Reflect.get(payload, key)])) };
}

async function connectOnce(state: RunState, step: StepOf<"connect">, name: string): Promise<Outcome> {
  const connect = filled(state, step.connect);
  const existing = state.connections.get(name);
  const usable = existing !== undefined && existing.closeInfo === undefined ? existing : undefined;
  const connection = usable ?? (await openSocket(state, step.id, name, connect));
  if (!(connection instanceof Connection)) return { sent: {}, received: { ok: false, upgrade: connection } };
  const timeoutMs = timeoutOf(state, step);
  const challenge = connect.awaitChallenge
    ? await connection.take((event) => event.event === "connect.challenge", timeoutMs)
    : undefined;
  if (connect.awaitChallenge && challenge === undefined && connection.closeInfo === undefined) {
    throw new StepProblem("no connect.challenge came");
  }
  const params = connectParams(connect, challenge, state.gateway);
  const id = connection.nextRequestId();
  const sentAt = performance.now();
  if (connection.closeInfo === undefined) {
    connection.send(JSON.stringify({ type: "req", id, method: "connect", params }));
  }
  const responses = await connection.responses(id, 1, timeoutMs);
  const latencyMs = performance.now() - sentAt;
  const answer = documentOf(responses);
  if (responses.length === 0 && connection.closeInfo === undefined)
    throw new StepProblem("no answer to connect came");
  const isRefused = typeof answer !== "object" || answer === null || Reflect.get(answer, "ok") !== true;
  if (isRefused) await connection.awaitClose(CLOSE_AFTER_REFUSAL_MS);
  const close = connection.closeInfo;
  const kept = step.expect === undefined && !isRefused ? opener(answer) : answer;
  const received = { ...(kept as object | undefined), ...(close === undefined ? {} : { close }) };
  return { sent: params, received, order: responses.at(-1)?.order, latencyMs };
}

export async function connectStep(state: RunState, step: StepOf<"connect">): Promise<Outcome> {
  if (step.times === undefined) return connectOnce(state, step, step.as);
  const outcomes: Outcome[] = [];
  for (let index = 0; index < step.times; index++) {
    outcomes.push(await connectOnce(state, step, nameAt(step.as, index)));
  }
  return { sent: outcomes[0]?.sent, received: outcomes.map((outcome) => outcome.received) };
}

async function openOnce(state: RunState, step: StepOf<"open">, name: string): Promise<unknown> {
  const opened = await openSocket(state, step.id, name, filled(state, step.open));
  if (!(opened instanceof Connection)) return { ok: false, upgrade: opened };
  const timeoutMs = Math.min(timeoutOf(state, step), 2000);
  await until(() => opened.events.length > 0 || opened.closeInfo !== undefined, timeoutMs, 2);
  return { ok: true, first: opened.events[0]?.frame ?? null };
}

export async function openStep(state: RunState, step: StepOf<"open">): Promise<Outcome> {
  if (step.times === undefined) return { sent: step.open, received: await openOnce(state, step, step.as) };
  const received: unknown[] = [];
  for (let index = 0; index < step.times; index++) {
    received.push(await openOnce(state, step, nameAt(step.as, index)));
  }
  return { sent: step.open, received };
}
