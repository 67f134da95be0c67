import fc from "fast-check";
import { expect, test } from "vitest";
import { POLICY } from "../../schemas/policy.ts";
import { connectParams } from "../testing/client.ts";
import { connectionRig } from "../testing/connection-rig.ts";

const CONNECT = { type: "req", id: "c", method: "connect", params: connectParams("") };

test("[LM4] a connection that does not read is destroyed before it is sent more", async () => {
  const rig = connectionRig();
  const { socket, say } = await rig.connect();
  const before = socket.frames.length;

  socket.bufferedBytes = POLICY.bufferedBytesMax + 1;
  say({ type: "req", id: "a", method: "health" });

  expect(socket.isDestroyed).toBe(true);
  expect(socket.frames).toHaveLength(before);
});

test("[LM4] an event that a later one repeats is dropped for a slow reader, and takes no number", async () => {
  const rig = connectionRig();
  const { socket } = await rig.connect();

  rig.fanOut.publish("tick", { ts: 1 }, { isDroppable: true });
  socket.bufferedBytes = POLICY.bufferedBytesMax + 1;
  rig.fanOut.publish("tick", { ts: 2 }, { isDroppable: true });
  socket.bufferedBytes = 0;
  rig.fanOut.publish("tick", { ts: 3 }, { isDroppable: true });

  expect(socket.isDestroyed).toBe(false);
  expect(socket.events.slice(1)).toMatchObject([
    { payload: { ts: 1 }, seq: 1 },
    { payload: { ts: 3 }, seq: 2 },
  ]);
});

test("[LM4] any other event destroys a slow reader: it could not know what it missed", async () => {
  const rig = connectionRig();
  const { socket } = await rig.connect();

  socket.bufferedBytes = POLICY.bufferedBytesMax + 1;
  rig.fanOut.publish("chat", {});

  expect(socket.isDestroyed).toBe(true);
});

test("[LM5] what is sent behind connect is bounded, and the rest is told to come again", async () => {
  const rig = connectionRig();
  const { socket, say } = rig.open();

  say(CONNECT);
  for (let index = 0; index <= POLICY.pendingRequestsMax; index += 1) {
    say({ type: "req", id: `r${index}`, method: "health" });
  }

  expect(socket.responses).toMatchObject([
    { id: `r${POLICY.pendingRequestsMax}`, ok: false, error: { code: "UNAVAILABLE", retryable: true } },
  ]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(socket.responses.filter(({ ok }) => ok)).toHaveLength(POLICY.pendingRequestsMax + 1);
});

test("[LM6] the requests of one connection that are being worked on are bounded", async () => {
  const rig = connectionRig({ dispatcher: { dispatch: () => {} } });
  const { socket, say } = await rig.connect();

  for (let index = 0; index <= POLICY.runningRequestsMax; index += 1) {
    say({ type: "req", id: `r${index}`, method: "health" });
  }

  expect(socket.responses.slice(1)).toMatchObject([
    { id: `r${POLICY.runningRequestsMax}`, error: { code: "UNAVAILABLE", retryable: true } },
  ]);
});

test("[SD4] a client that comes too early is told when to come again", async () => {
  const rig = connectionRig({ isStarting: () => true });
  const { socket, say } = rig.open();

  say(CONNECT);
  await new Promise((resolve) => setImmediate(resolve));

  expect(socket.responses).toEqual([
    {
      type: "res",
      id: "c",
      ok: false,
      error: {
        code: "UNAVAILABLE",
        message: "gateway starting; retry shortly",
        details: { reason: "startup-sidecars" },
        retryable: true,
        retryAfterMs: 500,
      },
    },
  ]);
  expect(socket.closes).toEqual([{ code: 1013, reason: "gateway starting" }]);
});

test("[HS5] the timer of the handshake ends with it", async () => {
  const rig = connectionRig();
  const { socket } = await rig.connect();

  rig.clock.advance(POLICY.handshakeTimeoutMs * 2);

  expect(socket.closes).toEqual([]);
  expect(rig.clock.pending).toBe(0);
});

test("[HS15] a refusal comes when its delay is over, and not after the peer has gone", async () => {
  const error = { code: "INVALID_REQUEST", message: "no" } as const;
  const refused = { kind: "refused", error, close: { code: 1008, reason: "no" }, delayMs: 500 } as const;
  const rig = connectionRig({ authenticator: { admit: () => Promise.resolve(refused) } });
  const [stays, leaves] = [rig.open(), rig.open()];

  for (const { say } of [stays, leaves]) say(CONNECT);
  await new Promise((resolve) => setImmediate(resolve));
  expect(stays.socket.responses).toEqual([]);
  leaves.connection.closed();
  rig.clock.advance(500);
  await new Promise((resolve) => setImmediate(resolve));

  expect(stays.socket.responses).toMatchObject([{ id: "c", ok: false, error }]);
  expect(stays.socket.closes).toEqual([{ code: 1008, reason: "no" }]);
  expect(leaves.socket.responses).toEqual([]);
});

test("[EV5] events reach a peer only between hello-ok and the close", async () => {
  const rig = connectionRig();
  const { socket, say, connection } = rig.open();

  rig.fanOut.publish("tick", { ts: 1 });
  say(CONNECT);
  rig.fanOut.publish("tick", { ts: 2 });
  await new Promise((resolve) => setImmediate(resolve));
  rig.fanOut.publish("tick", { ts: 3 });
  connection.closed();
  rig.fanOut.publish("tick", { ts: 4 });

  expect(socket.events.slice(1)).toMatchObject([{ payload: { ts: 3 }, seq: 1 }]);
  expect(rig.fanOut.size).toBe(0);
});

const anyFrame = fc.oneof(
  fc.string(),
  fc.json(),
  fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc
    .record({ type: fc.constant("req"), id: fc.string(), method: fc.string(), params: fc.jsonValue() })
    .map((frame) => JSON.stringify(frame)),
);

test("[FR1] no sequence of frames throws, before the handshake or after it", async () => {
  const rig = connectionRig();
  await fc.assert(
    fc.asyncProperty(fc.array(anyFrame), fc.boolean(), async (frames, isConnected) => {
      const { connection, socket } = isConnected ? await rig.connect() : rig.open();
      for (const frame of frames) connection.receive(Buffer.from(frame));
      connection.closed();
      expect(socket.isDestroyed).toBe(false);
    }),
  );
});

test("[EV1] seq rises by one whatever is published, dropped and answered in between", async () => {
  const steps = fc.array(
    fc.constantFrom("tick", "chat", "request", "slow", "fast", "presence", "nobody-knows-this"),
    { maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const rig = connectionRig();
      const { socket, say } = await rig.connect({ scopes: ["operator.read"] });
      for (const step of sequence) {
        if (step === "slow") socket.bufferedBytes = POLICY.bufferedBytesMax + 1;
        else if (step === "fast") socket.bufferedBytes = 0;
        else if (step === "request") say({ type: "req", id: "x", method: "health" });
        else rig.fanOut.publish(step, {}, { isDroppable: true });
      }
      const seqs = socket.events.slice(1).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    }),
  );
});

test("[HS16] a failure of ours during the handshake ends that connection and nothing else", async () => {
  const rig = connectionRig({
    onConnected: () => {
      throw new Error("a bug");
    },
  });
  const { socket, say } = rig.open();

  say(CONNECT);
  await new Promise((resolve) => setImmediate(resolve));

  expect(socket.isDestroyed).toBe(true);
  expect(socket.responses).toEqual([]);
});
