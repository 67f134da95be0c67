import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { openTarget } from "./target.ts";

test("[DP1] health asks for no scope", async () => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes: [] });

  expect(await client.call("health")).toMatchObject({ ok: true, payload: { ok: true } });
});

test("[DP2] whether a method exists is told to admins only", async () => {
  await using target = await openTarget();
  await using admin = await target.connect();
  await using writer = await target.connect({ scopes: ["operator.write"] });

  expect(await admin.call("no.such.method")).toMatchObject({
    ok: false,
    error: { code: "INVALID_REQUEST", message: "unknown method: no.such.method" },
  });
  expect(await writer.call("no.such.method")).toMatchObject({
    ok: false,
    error: { code: "FORBIDDEN", message: "missing scope: operator.admin" },
  });
});

test("[DP3] a missing scope is named, before the params are looked at", async () => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes: ["operator.pairing"] });

  const answer = await client.call("sessions.list", { surprise: true });

  expect(answer.error).toEqual({
    code: "FORBIDDEN",
    message: "missing scope: operator.read",
    details: {
      code: "MISSING_SCOPE",
      missingScope: "operator.read",
      requiredScopes: ["operator.read"],
    },
  });
});

test.for([
  ["operator.read", true],
  ["operator.write", true],
  ["operator.admin", true],
  ["operator.approvals", false],
  ["operator.bogus", false],
] as const)("[DP4] %s opens what asks for read: %s", async ([scope, isOpen]) => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes: [scope] });

  expect(await client.call("system-presence")).toMatchObject({ ok: isOpen });
});

test("[DP5] a node's method is refused to an operator for its role, whatever its scopes", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  expect(await client.call("node.event", {})).toMatchObject({
    ok: false,
    error: { code: "INVALID_REQUEST", message: "unauthorized role: operator" },
  });
});

test("[DP6] the eleventh role error in a row is answered and closes", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  for (let count = 0; count <= POLICY.roleErrorsMax; count += 1)
    client.request("node.event", {}, `r${count}`);
  await client.response(`r${POLICY.roleErrorsMax}`);
  await target.pass(1);

  expect(await client.closed).toEqual({ code: 1008, reason: "repeated unauthorized calls" });
  expect(client.responses.at(-1)).toMatchObject({ id: `r${POLICY.roleErrorsMax}`, ok: false });
});

test("[DP6] any other answer in between starts the count anew", async () => {
  await using target = await openTarget();
  await using client = await target.connect();
  const refuse = async () => {
    for (let count = 0; count < POLICY.roleErrorsMax; count += 1) await client.call("node.event", {});
  };

  await refuse();
  await client.call("no.such.method");
  await refuse();

  expect(await client.call("health")).toMatchObject({ ok: true });
});

test("[DP6] scope errors never close", async () => {
  await using target = await openTarget();
  await using client = await target.connect({ scopes: [] });

  for (let count = 0; count < 30; count += 1) await client.call("status");

  expect(await client.call("health")).toMatchObject({ ok: true });
});

test("[DP7] absent params and null are an empty object", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  expect(await client.call("sessions.list")).toMatchObject({ ok: true });
  expect(await client.call("sessions.list", null)).toMatchObject({ ok: true });
});

test.for([
  [[], "must be object"],
  ["x", "must be object"],
  [5, "must be object"],
  [{ surprise: 1 }, "at root: unexpected property 'surprise'"],
  [{ limit: "3", zz: 1 }, "at root: unexpected property 'zz'; at /limit: must be integer"],
] as const)("[DP7] params that do not fit are described: %j", async ([params, problem]) => {
  await using target = await openTarget();
  await using client = await target.connect();

  expect(await client.call("sessions.list", params)).toMatchObject({
    ok: false,
    error: { code: "INVALID_REQUEST", message: `invalid sessions.list params: ${problem}` },
  });
});

test.for([[[]], ["x"], [5], [{ surprise: 1 }]])("[DP8] methods without a schema take anything: %j", async ([
  params,
]) => {
  await using target = await openTarget();
  await using client = await target.connect();

  for (const method of ["health", "status", "system-presence"]) {
    expect(await client.call(method, params)).toMatchObject({ ok: true });
  }
});

test.for(["health", "no.such.method"])("[DP9] %s does not run for another profile", async (method) => {
  await using target = await openTarget();
  await using client = await target.connect();

  client.sendRaw(JSON.stringify({ type: "req", id: "p", method, expectedProfileId: "somebody" }));

  expect(await client.response("p")).toMatchObject({
    ok: false,
    error: {
      code: "INVALID_REQUEST",
      details: { reason: "EXPECTED_PROFILE_MISMATCH", execution: "not_started" },
    },
  });
});

test("[DP10] a traceparent that means nothing does no harm", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  client.sendRaw('{"type":"req","id":"t","method":"health","traceparent":"bogus"}');

  expect(await client.response("t")).toMatchObject({ ok: true });
});

test("[DP12] a burst is answered in full: what finds no room is told to come again", async () => {
  await using target = await openTarget();
  await using client = await target.connect();
  const count = 500;

  for (let index = 0; index < count; index += 1) client.request("health", {}, `b${index}`);
  const answers = await Promise.all(
    Array.from({ length: count }, (_, index) => client.response(`b${index}`)),
  );

  const refused = answers.filter(({ ok }) => !ok);
  expect(refused.length).toBeLessThan(count);
  for (const { error } of refused) {
    expect(error).toEqual({
      code: "UNAVAILABLE",
      message: "The server is busy. Please try again in a moment.",
      retryable: true,
    });
  }
});
