import { BUSY, type WireError } from "../../schemas/errors.ts";
import type { RequestFrame } from "../../schemas/frames.ts";
import { POLICY } from "../../schemas/policy.ts";
import { invalidRequest } from "../errors/protocol-error.ts";
import type { Deps } from "../methods/deps.ts";
import { type Call, type Caller, FailedEnd, type Method, TwoResponses } from "../methods/method.ts";
import { isRoleWrong, requireScope, secondConnect, unknownMethod, wrongRole } from "./access.ts";
import { PROFILE_MISMATCH, toWireError } from "./failure.ts";
import { type ParamsCheck, paramsCheck } from "./params.ts";
import { requireTarget } from "./session-target.ts";
import { WriteLimit } from "./write-limit.ts";

export type Topics = Readonly<Record<string, () => Promise<{ default: readonly Method[] }>>>;

/** Where the answers of one request go. Exactly one of the last three is called, and it is the last call. */
export interface Reply {
  /** The first of two answers. */
  first(payload: unknown): void;
  ok(payload: unknown): void;
  /** A `payload` goes with the error where a run came to something and failed. */
  error(error: WireError, payload?: unknown): void;
  /** The request was refused because of the caller's role. */
  roleError(error: WireError): void;
}

export interface Dispatcher {
  dispatch(request: RequestFrame, caller: Caller, signal: AbortSignal, reply: Reply): void;
}

interface Loaded {
  readonly method: Method;
  readonly check: ParamsCheck | undefined;
}

/** Finds, gates, checks and runs methods. It is handed the registry and knows no method by name but `connect`. */
/** Which part of the gateway says it, for whoever reads the log. */
const SUBSYSTEM = "gateway/ws";

export function createDispatcher(options: {
  topics: Topics;
  deps: Deps;
  /** Whether a method belongs to something that is switched off: then it is as unknown as any other. */
  isDormant?: (method: string) => boolean;
}): Dispatcher {
  const { topics, deps, isDormant = () => false } = options;
  const loaded = new Map<string, Loaded>();
  const loading = new Map<string, Promise<Loaded>>();
  const writes = new WriteLimit(deps.clock);
  let waiting = 0;

  function load(name: string): Promise<Loaded> {
    const known = loading.get(name);
    if (known !== undefined) return known;
    const fresh = loadMethod(topics, name);
    loading.set(name, fresh);
    fresh.then(
      (entry) => loaded.set(name, entry),
      // The next call tries again: a file that could not be read may be readable then.
      () => loading.delete(name),
    );
    return fresh;
  }

  function fail(thrown: unknown, request: RequestFrame, caller: Caller, reply: Reply): void {
    const { error, isBug } = toWireError(thrown);
    if (isBug) {
      deps.log.error({ err: thrown, method: request.method, connId: caller.connId }, "a method failed");
    }
    const { method } = request;
    const { code: errorCode, message: errorMessage } = error;
    deps.log.info(
      { subsystem: SUBSYSTEM, method, errorCode, errorMessage, connId: caller.connId },
      "refused",
    );
    reply.error(error);
  }

  /** What took long is worth a line; the rest would bury it. */
  function noteSlow(method: string, caller: Caller, startedAt: number): void {
    const durationMs = Math.round(deps.clock.elapsed() - startedAt);
    if (durationMs < POLICY.slowRequestMs) return;
    deps.log.info({ subsystem: SUBSYSTEM, method, durationMs, connId: caller.connId }, "answered");
  }

  function run(
    entry: Loaded,
    request: RequestFrame,
    caller: Caller,
    signal: AbortSignal,
    reply: Reply,
  ): void {
    const { contract, handle, prepare, admit } = entry.method;
    if (isRoleWrong(contract.access, caller)) return reply.roleError(wrongRole(caller).toWire());
    try {
      const given = request.params ?? {};
      requireScope(contract, given, caller);
      requireTarget(contract.method, given, caller.scopes);
      if (contract.isControlPlaneWrite === true) {
        // compat(rpc/rate-limit): on this machine an address says nothing about who it is, so each connection counts.
        writes.take(contract.method, caller.deviceId ?? (caller.isLoopback ? caller.connId : caller.address));
      }
      admit?.(deps);
      const params = prepare === undefined ? given : prepare(given);
      const problem = entry.check?.(params);
      if (problem !== undefined && contract.paramsRefusal !== undefined) {
        throw invalidRequest(contract.paramsRefusal);
      }
      if (problem !== undefined) {
        throw invalidRequest(`invalid ${contract.method} params${contract.isTerse ? "" : `: ${problem}`}`);
      }
      // While the gateway is suspended only those who suspended it may change something, by resuming.
      if (contract.sideEffects && !contract.method.startsWith("gateway.")) {
        deps.suspension.admit(contract.method);
      }
      const call: Call<unknown> = { requestId: request.id, params, caller, deps, signal };
      const startedAt = deps.clock.elapsed();
      const result = handle(call);
      if (!(result instanceof Promise)) return answer(result, request, caller, reply);
      result
        .then((settled: unknown) => {
          noteSlow(contract.method, caller, startedAt);
          answer(settled, request, caller, reply);
        })
        .catch((thrown: unknown) => fail(thrown, request, caller, reply));
    } catch (thrown) {
      fail(thrown, request, caller, reply);
    }
  }

  function answer(result: unknown, request: RequestFrame, caller: Caller, reply: Reply): void {
    if (result instanceof FailedEnd) return reply.error(result.error.toWire(), result.payload);
    if (!(result instanceof TwoResponses)) return reply.ok(deps.catalogue.dress(request.method, result));
    reply.first(result.first);
    result.rest
      .then((rest: unknown) =>
        rest instanceof FailedEnd ? reply.error(rest.error.toWire(), rest.payload) : reply.ok(rest),
      )
      .catch((thrown: unknown) => fail(thrown, request, caller, reply));
  }

  /** The first call of a method waits for its topic; only so many may. */
  function runLater(request: RequestFrame, caller: Caller, signal: AbortSignal, reply: Reply): void {
    if (waiting >= POLICY.pendingRequestsMax) return reply.error(BUSY);
    waiting += 1;
    load(request.method)
      .finally(() => {
        waiting -= 1;
      })
      .then((entry) => run(entry, request, caller, signal, reply))
      .catch((thrown: unknown) => fail(thrown, request, caller, reply));
  }

  return {
    dispatch(request, caller, signal, reply) {
      const { method, expectedProfileId } = request;
      if (expectedProfileId !== undefined) return reply.error(PROFILE_MISMATCH);
      const isKnown = Object.hasOwn(topics, method) && !isDormant(method);
      const entry = isKnown ? loaded.get(method) : undefined;
      if (entry !== undefined) return run(entry, request, caller, signal, reply);
      if (isKnown) return runLater(request, caller, signal, reply);
      const error = method === "connect" ? secondConnect(caller) : unknownMethod(method, caller);
      // To a node nearly every method is one that it may not call, whether there is such a method or not.
      if (caller.role === "operator") reply.error(error.toWire());
      else reply.roleError(error.toWire());
    },
  };
}

async function loadMethod(topics: Topics, name: string): Promise<Loaded> {
  const topic = await topics[name]?.();
  const method = topic?.default.find((candidate) => candidate.contract.method === name);
  if (method === undefined) throw new Error(`the topic of ${name} does not hold it`);
  const { params } = method.contract;
  return { method, check: params === null ? undefined : paramsCheck(params) };
}
