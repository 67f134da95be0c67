import type { WireError } from "../../schemas/errors.ts";
import type { RequestFrame } from "../../schemas/frames.ts";
import { invalidRequest, ProtocolError } from "../errors/protocol-error.ts";
import type { Deps } from "../methods/deps.ts";
import { type Call, type Caller, type Method, TwoResponses } from "../methods/method.ts";
import type { Log } from "../platform/log.ts";
import { checkAccess, RoleError, unknownMethod } from "./access.ts";
import { type ParamsCheck, paramsCheck } from "./params.ts";

export type Topics = Readonly<Record<string, () => Promise<{ default: readonly Method[] }>>>;

/** Where the answers of one request go. */
export interface Reply {
  ok(payload: unknown): void;
  error(error: WireError): void;
  /** The request was refused because of the caller's role. */
  roleError(error: WireError): void;
}

export interface Dispatcher {
  readonly methods: readonly string[];
  dispatch(request: RequestFrame, caller: Caller, signal: AbortSignal, reply: Reply): void;
}

interface Loaded {
  readonly method: Method;
  readonly check: ParamsCheck | undefined;
}

/** Finds, gates, checks and runs methods. It is handed the registry and knows no method by name. */
export function createDispatcher(options: { topics: Topics; deps: Deps; log: Log }): Dispatcher {
  const { topics, deps, log } = options;
  const loaded = new Map<string, Loaded>();
  const loading = new Map<string, Promise<Loaded>>();

  function load(name: string): Promise<Loaded> {
    let pending = loading.get(name);
    if (pending === undefined) {
      pending = loadMethod(topics, name);
      loading.set(name, pending);
      pending.then(
        (entry) => loaded.set(name, entry),
        () => loading.delete(name),
      );
    }
    return pending;
  }

  function fail(thrown: unknown, request: RequestFrame, caller: Caller, reply: Reply): void {
    if (thrown instanceof ProtocolError) return reply.error(thrown.toWire());
    if (thrown instanceof RoleError) return reply.roleError(thrown.answer.toWire());
    log.error({ err: thrown, method: request.method, connId: caller.connId }, "method failed");
    reply.error({ code: "UNAVAILABLE", message: String(thrown) });
  }

  function run(
    entry: Loaded,
    request: RequestFrame,
    caller: Caller,
    signal: AbortSignal,
    reply: Reply,
  ): void {
    const failed = (thrown: unknown) => fail(thrown, request, caller, reply);
    try {
      const params = request.params ?? {};
      checkAccess(entry.method.contract.access, params, caller);
      checkParams(entry, request.method, params);
      const call: Call<unknown> = { requestId: request.id, params, caller, deps, signal };
      const result = entry.method.handle(call);
      if (result instanceof Promise) result.then((settled) => answer(settled, reply, failed)).catch(failed);
      else answer(result, reply, failed);
    } catch (thrown) {
      failed(thrown);
    }
  }

  return {
    methods: Object.keys(topics),
    dispatch(request, caller, signal, reply) {
      const entry = loaded.get(request.method);
      if (entry !== undefined) return run(entry, request, caller, signal, reply);
      if (!Object.hasOwn(topics, request.method)) {
        return reply.error(unknownMethod(request.method, caller.scopes).toWire());
      }
      load(request.method).then(
        (fresh) => run(fresh, request, caller, signal, reply),
        (thrown: unknown) => fail(thrown, request, caller, reply),
      );
    },
  };
}

/** A method without a schema takes what comes; all others want an object and get an empty one for nothing. */
function checkParams(entry: Loaded, method: string, params: unknown): void {
  const problem = entry.check?.(params);
  if (problem !== undefined) throw invalidRequest(`invalid ${method} params: ${problem}`);
}

function answer(result: unknown, reply: Reply, failed: (thrown: unknown) => void): void {
  if (!(result instanceof TwoResponses)) return reply.ok(result);
  reply.ok(result.first);
  result.rest.then((rest) => reply.ok(rest)).catch(failed);
}

async function loadMethod(topics: Topics, name: string): Promise<Loaded> {
  const topic = await topics[name]?.();
  const method = topic?.default.find((candidate) => candidate.contract.method === name);
  if (method === undefined) throw new Error(`the topic of ${name} does not hold it`);
  const { params } = method.contract;
  return { method, check: params === null ? undefined : paramsCheck(params) };
}
