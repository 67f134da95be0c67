import { Type } from "@sinclair/typebox";
import { expect, test } from "vitest";
import type { Access } from "../../schemas/contract.ts";
import type { WireError } from "../../schemas/errors.ts";
import { POLICY } from "../../schemas/policy.ts";
import { ProtocolError } from "../errors/protocol-error.ts";
import type { Deps } from "../methods/deps.ts";
import { type Caller, type Method, TwoResponses } from "../methods/method.ts";
import { type Log, silentLog } from "../platform/log.ts";
import { createTestClock } from "../testing/clock.ts";
import { requireScope } from "./access.ts";
import { createDispatcher } from "./dispatch.ts";
import { requireTarget } from "./session-target.ts";

const CALLER: Caller = {
  connId: "one",
  role: "operator",
  scopes: ["operator.admin"],
  caps: [],
  client: { id: "test", mode: "test", version: "1", platform: "test" },
  authMethod: "none",
  address: "127.0.0.1",
  isLoopback: true,
  topics: new Set(),
};

interface Declared {
  readonly access?: Access;
  readonly isControlPlaneWrite?: boolean;
  readonly params?: Method["contract"]["params"];
  readonly handle?: Method["handle"];
}

/** A dispatcher over one method `m`, and a way to call it. */
function rig(declared: Declared = {}, log: Log = silentLog) {
  const clock = createTestClock();
  const { handle = () => ({}), params = null, access = "none", isControlPlaneWrite = false } = declared;
  const contract = {
    method: "m",
    access,
    isControlPlaneWrite,
    params,
    sideEffects: false,
    result: Type.Any(),
  };
  const method: Method = { contract, handle };
  let loads = 0;
  const topics = {
    m: () => {
      loads += 1;
      return Promise.resolve({ default: [method] });
    },
  };
  // The dispatcher itself uses the clock and the log; the rest is for handlers.
  const catalogue = { dress: (_method: string, result: unknown) => result };
  const deps = { clock, log, catalogue, suspension: { admit() {} } } as unknown as Deps;
  const dispatcher = createDispatcher({ topics, deps });
  const call = (sent: unknown = {}, caller: Partial<Caller> = {}, name = "m") => {
    const answers: unknown[] = [];
    const { promise, resolve } = Promise.withResolvers<unknown[]>();
    const last = (answer: unknown): void => {
      answers.push(answer);
      resolve(answers);
    };
    dispatcher.dispatch(
      { type: "req", id: "r", method: name, params: sent },
      { ...CALLER, ...caller },
      new AbortController().signal,
      {
        first: (payload) => answers.push(payload),
        ok: last,
        error: last,
        roleError: (error: WireError) => last({ role: error }),
      },
    );
    return promise;
  };
  return { call, clock, loads: () => loads };
}

test("[DP14] a topic is loaded once, with its first call", async () => {
  const { call, loads } = rig();
  expect(loads()).toBe(0);

  await Promise.all([call(), call(), call()]);

  expect(loads()).toBe(1);
});

test("[DP13] what a handler throws by mistake reveals nothing to the client and everything to the log", async () => {
  const logged: unknown[] = [];
  const log: Log = { ...silentLog, error: (entry: unknown) => void logged.push(entry) };
  const thrown = new Error("the password is hunter2");
  const fails = rig({ handle: () => Promise.reject(thrown) }, log);

  const [answer] = await fails.call();

  expect(answer).toEqual({ code: "UNAVAILABLE", message: "internal error", retryable: true });
  expect(logged).toMatchObject([{ err: thrown, method: "m", connId: "one" }]);
});

test("[DP13] what a handler throws on purpose is sent word for word", async () => {
  const { call } = rig({
    handle: () => {
      throw new ProtocolError("NOT_LINKED", "no channel", { details: { channel: "x" } });
    },
  });

  expect(await call()).toEqual([{ code: "NOT_LINKED", message: "no channel", details: { channel: "x" } }]);
});

test("[DP15] a method with two answers sends both, the second also when it is a failure", async () => {
  const works = rig({ handle: () => new TwoResponses<unknown>({ n: 1 }, Promise.resolve({ n: 2 })) });
  const fails = rig({
    handle: () =>
      new TwoResponses<unknown>({ n: 1 }, Promise.reject(new ProtocolError("AGENT_TIMEOUT", "late"))),
  });

  expect(await works.call()).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await fails.call()).toEqual([{ n: 1 }, { code: "AGENT_TIMEOUT", message: "late", retryable: true }]);
});

test("[DP11] the 31st write of a method within a minute is refused, before its params are looked at", async () => {
  const params = Type.Object({}, { additionalProperties: false });
  const { call, clock } = rig({ isControlPlaneWrite: true, params });
  for (let count = 0; count < POLICY.controlPlaneWritesMax; count += 1) await call({ surprise: true });
  clock.advance(1_500);

  expect(await call()).toEqual([
    {
      code: "UNAVAILABLE",
      message: "rate limit exceeded for m; retry after 59s",
      details: { method: "m", limit: "30 per 60s" },
      retryable: true,
      retryAfterMs: 58_500,
    },
  ]);
  expect(await call({}, { connId: "two" })).toEqual([{}]);
  expect(await call({}, { address: "192.0.2.1", isLoopback: false })).toEqual([{}]);
  expect(await call({}, { deviceId: "device" })).toEqual([{}]);
  clock.advance(POLICY.controlPlaneWindowMs);
  expect(await call()).toEqual([{}]);
});

test("[DP5] role before scope before params", async () => {
  const params = Type.Object({ needed: Type.String() });
  const { call } = rig({ access: "operator.read", params });

  expect(await call({}, { role: "node", scopes: [] })).toMatchObject([
    { role: { code: "INVALID_REQUEST", message: "unauthorized role: node" } },
  ]);
  expect(await call({}, { scopes: ["operator.talk"] })).toMatchObject([{ code: "FORBIDDEN" }]);
  expect(await call()).toMatchObject([
    { code: "INVALID_REQUEST", message: "invalid m params: must have required property 'needed'" },
  ]);
});

test("[DP16] access may depend on the params, which are not checked yet", async () => {
  const access = (params: unknown) =>
    JSON.stringify(params).includes("secret") ? ("operator.admin" as const) : ("operator.read" as const);
  const { call } = rig({ access });
  const reader = { scopes: ["operator.read"] };

  expect(await call({ want: "plain" }, reader)).toEqual([{}]);
  expect(await call({ want: "secret" }, reader)).toMatchObject([
    { message: "missing scope: operator.admin" },
  ]);
});

test("[DP12] only so many first calls may wait for a topic", async () => {
  const { call } = rig();
  const answers = await Promise.all(Array.from({ length: POLICY.pendingRequestsMax + 1 }, () => call()));

  expect(answers.at(-1)).toMatchObject([{ code: "UNAVAILABLE", retryable: true }]);
  expect(answers.filter(([answer]) => JSON.stringify(answer) === "{}")).toHaveLength(
    POLICY.pendingRequestsMax,
  );
});

test("[DP7] a busy method is checked as strictly as a new one", async () => {
  const params = Type.Object({ name: Type.String({ maxLength: 2 }) }, { additionalProperties: false });
  const { call } = rig({ params });
  for (let count = 0; count < 200; count += 1) expect(await call({ name: "ab" })).toEqual([{}]);

  expect(await call({ name: "abc" })).toMatchObject([
    { message: "invalid m params: at /name: must not have more than 2 characters" },
  ]);
  // Letters are counted as a reader sees them: a family of four is one.
  expect(await call({ name: "👨‍👩‍👧‍👦!" })).toEqual([{}]);
});

test("[DP2] names that every object has are no methods", async () => {
  const { call } = rig();

  for (const name of ["__proto__", "constructor", "toString", ""]) {
    expect(await call({}, {}, name)).toMatchObject([{ message: `unknown method: ${name}` }]);
  }
});

test("[DP17] who is no administrator names the session before anything else is looked at", () => {
  const write = ["operator.write"];
  const details = { code: "SESSION_MUTATION_TARGET_REQUIRED", method: "sessions.fork" };
  for (const params of [{}, [], "x", { sessionKey: " " }, { sessionKey: 5 }, { key: "main" }]) {
    expect(() => requireTarget("sessions.fork", params, write)).toThrow(
      expect.objectContaining({ message: "session mutation target is unavailable", details }),
    );
  }
  expect(() => requireTarget("sessions.fork", { sessionKey: "main" }, write)).not.toThrow();
  expect(() => requireTarget("sessions.abort", { runId: "r" }, write)).not.toThrow();
  expect(() => requireTarget("sessions.fork", {}, ["operator.admin"])).not.toThrow();
  expect(() => requireTarget("sessions.list", {}, write)).not.toThrow();
});

test("[DP16] who may write in sessions only is told that nobody is a person by a secret", () => {
  const contract = { method: "sessions.list", access: "operator.read" } as const;
  const asker = { role: "operator", scopes: ["operator.sessions.write"] };
  expect(() => requireScope(contract, {}, asker)).toThrow("requires a verified user profile");
  expect(() => requireScope({ ...contract, method: "logs.tail" }, {}, asker)).toThrow(
    "missing scope: operator.read",
  );
});
