import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { connectParams } from "../client.ts";
import { openTarget } from "./target.ts";

test("[HS1] any path upgrades, and compression is not negotiated", async () => {
  await using target = await openTarget();
  await using client = await target.open({}, "/any/path?with=query");

  expect(client.socket.extensions).toBe("");
  await client.event("connect.challenge");
});

test("[HS2] the server speaks first: a challenge without seq", async () => {
  await using target = await openTarget();
  await using client = await target.open();

  const challenge = await client.event("connect.challenge");

  expect(challenge).toEqual({
    type: "event",
    event: "connect.challenge",
    payload: {
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ts: expect.any(Number),
      capabilities: ["model-catalog-snapshot"],
    },
  });
});

test("[HS3] a client that does not wait for the challenge is let in", async () => {
  await using target = await openTarget();
  await using client = await target.open();

  const id = client.request("connect", connectParams(target.token));

  expect(await client.response(id)).toMatchObject({ ok: true, payload: { type: "hello-ok", protocol: 4 } });
});

test("[HS4] what is sent behind connect is answered after hello-ok, in order", async () => {
  await using target = await openTarget();
  await using client = await target.open();

  client.request("connect", connectParams(target.token), "c");
  client.request("health", {}, "h1");
  client.request("system-presence", {}, "h2");
  await client.response("h2");
  await client.response("h1");

  expect(client.responses[0]).toMatchObject({ id: "c", ok: true });
});

test("[HS5] a peer that says nothing is closed after 15 seconds without a reason", async () => {
  await using target = await openTarget();
  await using client = await target.open();
  await client.event("connect.challenge");

  await target.pass(POLICY.handshakeTimeoutMs);

  expect(await client.closed).toEqual({ code: 1000, reason: "" });
});

test("[HS6] a first frame that is not JSON ends it without a word", async () => {
  await using target = await openTarget();
  await using client = await target.open();

  client.sendRaw("not json");

  expect(await client.closed).toEqual({ code: 1000, reason: "" });
  expect(client.responses).toEqual([]);
});

test.for([
  "5",
  "null",
  "[]",
  "{}",
  '{"type":"event","event":"x"}',
  '{"type":"req","id":7,"method":"connect"}',
  '{"type":"req","id":"a","method":"connect","surprise":1}',
])("[HS7] a first frame that is no request closes without a response: %s", async (frame) => {
  await using target = await openTarget();
  await using client = await target.open();

  client.sendRaw(frame);

  expect(await client.closed).toEqual({ code: 1008, reason: "invalid request frame" });
  expect(client.responses).toEqual([]);
});

test("[HS8] a first request for anything else is refused and closed with the same words", async () => {
  await using target = await openTarget();
  await using client = await target.open();
  const reason = "invalid handshake: first request must be connect";

  client.request("health", {}, "a");

  expect(await client.closed).toEqual({ code: 1008, reason });
  expect(client.responses).toEqual([
    { type: "res", id: "a", ok: false, error: { code: "INVALID_REQUEST", message: reason } },
  ]);
});

const WRONG_PARAMS: readonly [params: unknown, problem: string][] = [
  [undefined, "must be object"],
  [[], "must be object"],
  [{}, "must have required property 'minProtocol'"],
  [{ zz: 1 }, "must have required property 'minProtocol'; at root: unexpected property 'zz'"],
  [
    connectParams("", { client: { id: "nobody" } }),
    "at /client/id: must be equal to one of the allowed values",
  ],
  [
    connectParams("", { params: { modelCatalog: { x: 1 } } }),
    "at /modelCatalog: unexpected property 'x'; at /modelCatalog: must have required property 'shortId'; at /modelCatalog: must match a schema in anyOf",
  ],
];

test.for(WRONG_PARAMS)("[HS9] params of connect that do not fit: %j", async ([params, problem]) => {
  await using target = await openTarget();
  await using client = await target.open();
  const message = `invalid connect params: ${problem}`;

  client.request("connect", params, "c");

  expect(await client.closed).toEqual({ code: 1008, reason: message.slice(0, 120) });
  expect(client.responses).toMatchObject([
    { id: "c", ok: false, error: { code: "INVALID_REQUEST", message } },
  ]);
});

test("[HS10] a second connect is refused and changes nothing", async () => {
  await using target = await openTarget();
  await using admin = await target.connect();
  await using reader = await target.connect({ scopes: ["operator.read"] });

  expect(await admin.call("connect", connectParams(target.token))).toMatchObject({
    ok: false,
    error: { code: "INVALID_REQUEST", message: "connect is only valid as the first request" },
  });
  expect(await reader.call("connect", connectParams(target.token))).toMatchObject({
    ok: false,
    error: { code: "FORBIDDEN", message: "missing scope: operator.admin" },
  });
  expect(await admin.call("health")).toMatchObject({ ok: true });
});

test.for([
  [1, 9],
  [4, 4],
  [3, 4],
])("[HS11] a range with 4 in it is served: %j", async ([minProtocol, maxProtocol]) => {
  await using target = await openTarget();
  await using client = await target.connect({ params: { minProtocol, maxProtocol } });

  expect(client.hello).toMatchObject({ protocol: 4 });
});

test.for([
  [3, 3],
  [5, 5],
  [9, 1],
])("[HS11] a range without 4 is closed as a mismatch: %j", async ([minProtocol, maxProtocol]) => {
  await using target = await openTarget();
  await using client = await target.open();

  client.request("connect", connectParams(target.token, { params: { minProtocol, maxProtocol } }), "c");

  expect(await client.closed).toMatchObject({ code: 1002 });
  expect(client.responses).toMatchObject([
    {
      error: {
        code: "INVALID_REQUEST",
        message: "protocol mismatch",
        details: {
          code: "PROTOCOL_MISMATCH",
          clientMinProtocol: minProtocol,
          clientMaxProtocol: maxProtocol,
          expectedProtocol: 4,
          minimumProbeProtocol: 3,
        },
      },
    },
  ]);
});

test("[HS12] without a role a peer is an operator; an unknown role is refused", async () => {
  await using target = await openTarget();
  await using client = await target.open();
  await using odd = await target.open();
  const { role: _role, ...params } = connectParams(target.token);

  client.request("connect", params, "c");
  odd.request("connect", connectParams(target.token, { role: "captain" }), "c");

  expect(await client.response("c")).toMatchObject({ ok: true, payload: { auth: { role: "operator" } } });
  expect(await odd.closed).toEqual({ code: 1008, reason: "invalid role" });
});

test("[HS13] scopes are granted as asked for, unknown ones too, and nothing is added", async () => {
  await using target = await openTarget();
  await using some = await target.connect({ scopes: ["operator.write", "operator.bogus"] });
  await using client = await target.open();
  const { scopes: _scopes, ...params } = connectParams(target.token);

  client.request("connect", params, "c");

  expect(some.hello).toMatchObject({ auth: { scopes: ["operator.write", "operator.bogus"] } });
  expect(await client.response("c")).toMatchObject({ payload: { auth: { scopes: [] } } });
});

const HELLO_KEYS = ["auth", "features", "policy", "protocol", "server", "snapshot", "type"];
const SNAPSHOT_KEYS = [
  "appliedConfigHash",
  "health",
  "presence",
  "sessionDefaults",
  "stateVersion",
  "suspension",
  "uptimeMs",
];

test.for([
  [[], [], []],
  [["operator.pairing"], [], []],
  [["operator.read"], ["controlUiLinkReaders", "controlUiWidgetKinds"], []],
  [
    ["operator.admin"],
    ["controlUiLinkReaders", "controlUiWidgetKinds"],
    ["authMode", "configPath", "stateDir"],
  ],
] as const)("[HS14] hello-ok tells more to those who may know more: %j", async ([
  scopes,
  more,
  moreState,
]) => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes });
  const { snapshot, ...hello } = client.hello;

  const known = Object.keys(client.hello).filter((key) => key !== "pluginSurfaceUrls");
  expect(known.toSorted()).toEqual([...HELLO_KEYS, ...more].toSorted());
  expect(Object.keys(snapshot as object).toSorted()).toEqual([...SNAPSHOT_KEYS, ...moreState].toSorted());
  expect(hello).toMatchObject({
    policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
    server: { version: "2026.9.6" },
  });
});
