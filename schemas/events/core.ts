import { Type } from "@sinclair/typebox";
import { event } from "../contract.ts";

/** The first frame of every connection; the nonce is what a device signs. */
export const connectChallenge = event({
  event: "connect.challenge",
  scope: "none",
  payload: Type.Object({
    nonce: Type.String(),
    ts: Type.Integer(),
    capabilities: Type.Array(Type.String()),
  }),
});

/** A sign of life on the gateway's clock. */
export const tick = event({
  event: "tick",
  scope: "none",
  payload: Type.Object({ ts: Type.Integer() }),
});

export const presence = event({
  event: "presence",
  scope: "operator.read",
  payload: Type.Object({ presence: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
});

export const health = event({
  event: "health",
  scope: "none",
  payload: Type.Record(Type.String(), Type.Unknown()),
});

/** The gateway is about to close every socket; `restartExpectedMs` says when to come back, where it is known. */
export const shutdown = event({
  event: "shutdown",
  scope: "none",
  payload: Type.Object({ reason: Type.String(), restartExpectedMs: Type.Optional(Type.Integer()) }),
});
