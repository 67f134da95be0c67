import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { scenarioOf } from "../compare/testing-trace.ts";
import type { Gateway } from "../launch/gateway.ts";
import { Tape } from "../tape/tape.ts";
import { runScenario } from "./run-scenario.ts";
import type { Trace, TraceStep } from "./trace.ts";

type Handler = (
  method: string,
  params: Record<string, unknown>,
  send: (frame: object) => void,
) => object | undefined;

let dispose: (() => Promise<void>) | undefined;
afterEach(async () => {
  await dispose?.();
  dispose = undefined;
});

/** A gateway of twenty lines: challenge, hello-ok, and whatever the test answers. */
async function fakeGateway(handle: Handler): Promise<Gateway> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"ok":true}');
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    const send = (frame: object): void => socket.send(JSON.stringify(frame));
    send({ type: "event", event: "connect.challenge", payload: { nonce: "n", ts: 1 } });
    socket.on("message", (data: Buffer) => {
      const { id, method, params } = JSON.parse(data.toString("utf8"));
      const answer = handle(method, params ?? {}, send);
      if (answer === undefined) socket.close(1008, "no");
      else send({ type: "res", id, ...answer });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const tape = await Tape.listen(0);
  dispose = async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.close();
    await tape[Symbol.asyncDispose]();
  };
  return {
    name: "fake",
    url: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    port,
    token: "t",
    password: "p",
    home: undefined,
    tape,
    startedInMs: undefined,
    control: undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const HELLO = { ok: true, payload: { type: "hello-ok", protocol: 4, features: { methods: [] } } };
const hello =
  (
    answer: (
      method: string,
      params: Record<string, unknown>,
      send: (frame: object) => void,
    ) => object | undefined,
  ): Handler =>
  (method, params, send) =>
    method === "connect" ? HELLO : answer(method, params, send);

async function play(handler: Handler, steps: object[]): Promise<Trace> {
  const gateway = await fakeGateway(handler);
  return runScenario(scenarioOf({ steps }), gateway, {
    patience: { defaultMs: 300, afterTimeoutMs: 30 },
    settleMs: 5,
  });
}

const stepOf = (trace: Trace, id: string): TraceStep | undefined =>
  trace.steps.find((step) => step.id === id);

describe("playing a scenario", () => {
  test("answers are saved, used again, and recorded with what was sent", async () => {
    const trace = await play(
      hello((method, params) => ({ ok: true, payload: { method, echo: params, id: "abc" } })),
      [
        { id: "open", connect: { scopes: ["operator.read"] } },
        { id: "one", call: "a.b", expect: { nonEmpty: "/payload/id" }, save: { thing: "/payload/id" } },
        {
          id: "two",
          call: "a.c",
          params: { x: "${thing}" },
          expect: { equals: { "/payload/echo/x": "abc" } },
        },
        { id: "live", http: { path: "/health" }, expect: { equals: { "/status": 200, "/body/ok": true } } },
      ],
    );
    expect(trace.steps.map((step) => [step.id, step.problem, step.unmet])).toEqual([
      ["open", undefined, []],
      ["one", undefined, []],
      ["two", undefined, []],
      ["live", undefined, []],
    ]);
    expect(stepOf(trace, "two")?.sent).toEqual({ x: "abc" });
    expect(stepOf(trace, "open")?.received).toEqual({ ok: true, payload: { type: "hello-ok", protocol: 4 } });
  });

  test("a connect that is refused is recorded with its close", async () => {
    const trace = await play(
      () => undefined,
      [{ id: "open", connect: {}, expect: { close: { code: 1008 } } }],
    );
    expect(stepOf(trace, "open")).toMatchObject({
      received: { close: { code: 1008, reason: "no" } },
      unmet: [],
    });
  });

  test("what never comes is a problem of its step, and the next ones say why they could not be done", async () => {
    const trace = await play(
      hello(() => ({ ok: false, error: { code: "X" } })),
      [
        { id: "open", connect: {} },
        { id: "none", wait: { event: "chat" } },
        { id: "one", call: "a.b", expect: { ok: false }, save: { run: "/payload/runId" } },
        { id: "two", call: "a.b", params: { x: "${run}" }, expect: { ok: false } },
        { id: "who", as: "stranger", call: "a.b", expect: { ok: false } },
      ],
    );
    expect(trace.steps.slice(1).map((step) => step.problem)).toEqual([
      "no event chat with {} came",
      "nothing at /payload/runId to save as run",
      "${run} is not bound: no step saved it",
      "there is no connection stranger",
    ]);
  });

  test("background answers are recorded under the call that asked", async () => {
    const trace = await play(
      hello((method) => ({ ok: true, payload: { method } })),
      [
        { id: "open", connect: {} },
        { id: "later", call: "a.b", background: true, expect: { equals: { "/payload/method": "a.b" } } },
        { id: "now", call: "a.c", expect: { nonEmpty: "/payload" } },
        { id: "settle", settle: ["later"] },
      ],
    );
    expect(stepOf(trace, "later")).toMatchObject({ received: { payload: { method: "a.b" } }, unmet: [] });
  });

  test("events are given out once, and `never` sees those that came already", async () => {
    const trace = await play(
      hello((_method, _params, send) => {
        for (const n of [1, 2]) send({ type: "event", event: "thing", payload: { n }, seq: n });
        return { ok: true, payload: {} };
      }),
      [
        { id: "open", connect: {} },
        { id: "ask", call: "a.b", expect: { present: "/payload" } },
        { id: "first", wait: { event: "thing" }, expect: { equals: { "/payload/n": 1 } } },
        { id: "second", wait: { event: "thing" }, expect: { equals: { "/payload/n": 2 } } },
        { id: "never", never: { event: "thing", forMs: 20 } },
        { id: "other", never: { event: "thing", match: { "/payload/n": 3 }, forMs: 20 } },
      ],
    );
    expect(stepOf(trace, "first")?.unmet).toEqual([]);
    expect(stepOf(trace, "second")?.unmet).toEqual([]);
    expect(stepOf(trace, "never")?.unmet).toMatchObject([{ rule: "equals", pointer: "/came" }]);
    expect(stepOf(trace, "other")?.unmet).toEqual([]);
    expect(trace.connections[0]?.events.map((event) => event.event)).toEqual([
      "connect.challenge",
      "thing",
      "thing",
    ]);
  });

  test("a call made many times is answered in a list", async () => {
    let count = 0;
    const trace = await play(
      hello(() => ({ ok: true, payload: { n: ++count } })),
      [
        { id: "open", connect: {} },
        {
          id: "burst",
          call: "a.b",
          times: 3,
          burst: true,
          expect: { equals: { "/2/payload/n": 3 }, count: { "": 3 } },
        },
      ],
    );
    expect(stepOf(trace, "burst")).toMatchObject({ problem: undefined, unmet: [] });
  });

  test("restarting somebody else's gateway is a problem, not a crash", async () => {
    const gateway = await fakeGateway(hello(() => ({ ok: true })));
    const scenario = scenarioOf({ needs: "restart", steps: [{ id: "again", gateway: "restart" }] });
    const trace = await runScenario(scenario, gateway, {
      patience: { defaultMs: 100, afterTimeoutMs: 10 },
      settleMs: 1,
    });
    expect(trace.steps[0]?.problem).toBe("this gateway is not ours to restart or configure");
  });
});
