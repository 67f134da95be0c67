import { expect, test } from "vitest";
import { POLICY } from "../../../schemas/policy.ts";
import { connectParams } from "../client.ts";
import { openTarget } from "./target.ts";

const INVALID: readonly [frame: string, id: unknown, problem: string][] = [
  ["5", "invalid", "must be object"],
  ["null", "invalid", "must be object"],
  ["[]", "invalid", "must be object"],
  ["{}", "invalid", "must have required property 'type'"],
  ['{"id":5}', 5, "must have required property 'type'; at /id: must be string"],
  ['{"id":null}', "invalid", "must have required property 'type'; at /id: must be string"],
  ['{"id":{"a":1}}', { a: 1 }, "must have required property 'type'; at /id: must be string"],
  ['{"id":""}', "", "must have required property 'type'; at /id: must not have fewer than 1 characters"],
  ['{"type":"req","id":"a","method":"health","x":1}', "a", "at root: unexpected property 'x'"],
  [
    '{"type":"res","id":"z","ok":true}',
    "z",
    "must have required property 'method'; at root: unexpected property 'ok'; at /type: must be equal to constant",
  ],
  [
    `{"type":"req","id":"t","method":"health","traceparent":"${"x".repeat(129)}"}`,
    "t",
    "at /traceparent: must not have more than 128 characters",
  ],
];

test.for(INVALID)("[FR3] %s is answered under its own id and the socket stays", async ([
  frame,
  id,
  problem,
]) => {
  await using target = await openTarget();
  await using client = await target.connect();

  client.sendRaw(frame);
  const answer = await client.until(() => client.responses[1]);

  expect(answer).toEqual({
    type: "res",
    id,
    ok: false,
    error: { code: "INVALID_REQUEST", message: `invalid request frame: ${problem}` },
  });
  expect(await client.call("health")).toMatchObject({ ok: true });
});

test("[FR2] text that is not JSON is passed over in silence", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  client.sendRaw("not json");

  expect(await client.call("health")).toMatchObject({ ok: true });
  expect(client.responses).toHaveLength(2);
});

test("[FR4] a binary frame is read like text", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  client.sendRaw(Buffer.from('{"type":"req","id":"b","method":"health"}'));

  expect(await client.response("b")).toMatchObject({ ok: true });
});

test("[FR8] ids are the client's affair: doubles are both answered, long ones echoed", async () => {
  await using target = await openTarget();
  await using client = await target.connect();
  const long = "i".repeat(5_000);

  client.request("health", {}, "twice");
  client.request("health", {}, "twice");
  client.request("health", {}, long);

  expect(await client.response("twice", 2)).toMatchObject({ ok: true });
  expect(await client.response(long)).toMatchObject({ ok: true });
});

/** A connect request of exactly so many bytes. */
function connectOfSize(token: string, bytes: number): string {
  const params = connectParams(token, { params: { userAgent: "" } });
  const bare = JSON.stringify({ type: "req", id: "c", method: "connect", params });
  const filler = "x".repeat(bytes - bare.length);
  return bare.replace('"userAgent":""', `"userAgent":"${filler}"`);
}

test("[FR5] before the handshake a frame may have 64 KiB and not one byte more", async () => {
  await using target = await openTarget();
  await using fits = await target.open();
  await using exceeds = await target.open();

  fits.sendRaw(connectOfSize(target.token, POLICY.preAuthFrameBytesMax));
  exceeds.sendRaw(connectOfSize(target.token, POLICY.preAuthFrameBytesMax + 1));

  expect(await fits.response("c")).toMatchObject({ ok: true });
  expect(await exceeds.closed).toEqual({ code: 1009, reason: "" });
});

/** A request for `health` of exactly so many bytes. */
function healthOfSize(bytes: number): string {
  const bare = '{"type":"req","id":"big","method":"health","params":{"x":""}}';
  return bare.replace('""', `"${"x".repeat(bytes - bare.length)}"`);
}

test("[FR6] after the handshake a frame may have 25 MiB and not one byte more", async () => {
  await using target = await openTarget();
  await using client = await target.connect();

  client.sendRaw(healthOfSize(POLICY.frameBytesMax));
  expect(await client.response("big")).toMatchObject({ ok: true });

  client.sendRaw(healthOfSize(POLICY.frameBytesMax + 1));
  expect(await client.closed).toEqual({ code: 1009, reason: "" });
});
