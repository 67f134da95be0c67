import fc from "fast-check";
import { expect, test } from "vitest";
import { RequestFrame } from "../../schemas/frames.ts";
import { explain } from "../dispatch/explain.ts";
import { decodeFrame } from "./decode.ts";
import { EncodedEvent, encodeError, encodeOk } from "./encode.ts";

test("[FR1] no text can make the decoder throw", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void decodeFrame(text)));
});

/** Frames that are nearly right, so that every rule is met from both sides. */
const nearlyFrame = fc.record(
  {
    type: fc.oneof({ weight: 5, arbitrary: fc.constant("req") }, { weight: 1, arbitrary: fc.jsonValue() }),
    id: fc.oneof(fc.string(), fc.jsonValue()),
    method: fc.oneof(fc.string(), fc.jsonValue()),
    params: fc.jsonValue(),
    traceparent: fc.oneof(fc.string({ minLength: 120, maxLength: 136 }), fc.jsonValue()),
    expectedProfileId: fc.oneof(fc.string({ maxLength: 136 }), fc.jsonValue()),
    [""]: fc.jsonValue(),
    surprise: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

test("[FR7] the decoder takes what the contract takes, and says what the contract says", () => {
  fc.assert(
    fc.property(nearlyFrame, (frame) => {
      const decoded = decodeFrame(JSON.stringify(frame));
      const problem = explain(RequestFrame, JSON.parse(JSON.stringify(frame)));
      expect(decoded).toMatchObject(
        problem === undefined ? { kind: "request", request: {} } : { kind: "invalid", problem },
      );
    }),
    { numRuns: 500 },
  );
});

test("[FR7] a request that is right comes back as it was sent", () => {
  const request = fc.record({
    type: fc.constant("req"),
    id: fc.string({ minLength: 1 }),
    method: fc.string({ minLength: 1 }),
    params: fc.jsonValue(),
  });
  fc.assert(
    fc.property(request, (frame) => {
      const text = JSON.stringify(frame);
      expect(decodeFrame(text)).toEqual({ kind: "request", request: JSON.parse(text) });
    }),
  );
});

test("[FR9] an event is one serialisation with each connection's own number in it", () => {
  const seqs = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), seqs, fc.boolean(), (event, payload, numbers, hasState) => {
      const stateVersion = hasState ? { presence: 3, health: 4 } : undefined;
      const encoded = new EncodedEvent(event, payload, stateVersion);
      for (const seq of numbers) {
        const expected = { type: "event", event, payload, seq, ...(hasState ? { stateVersion } : {}) };
        expect(encoded.bytes(seq).toString("utf8")).toBe(JSON.stringify(expected));
      }
    }),
  );
});

test("[FR9] neighbours at the same number share the bytes", () => {
  const encoded = new EncodedEvent("tick", { ts: 1 });

  expect(encoded.bytes(7)).toBe(encoded.bytes(7));
});

test("[FR10] responses carry the id as it came, and no payload where there is none", () => {
  expect(encodeOk("a", undefined)).toBe('{"type":"res","id":"a","ok":true}');
  expect(encodeOk({ odd: 1 }, [])).toBe('{"type":"res","id":{"odd":1},"ok":true,"payload":[]}');
  expect(encodeError(5, { code: "FORBIDDEN", message: "no" })).toBe(
    '{"type":"res","id":5,"ok":false,"error":{"code":"FORBIDDEN","message":"no"}}',
  );
});
