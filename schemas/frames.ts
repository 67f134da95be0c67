import { type Static, Type } from "@sinclair/typebox";
import type { WireError } from "./errors.ts";
import { POLICY } from "./policy.ts";

/** A request, as clients send it. The object is closed: an unknown member refuses the frame. */
export const RequestFrame = Type.Object(
  {
    type: Type.Literal("req"),
    id: Type.String({ minLength: 1 }),
    method: Type.String({ minLength: 1 }),
    params: Type.Optional(Type.Unknown()),
    traceparent: Type.Optional(Type.String({ maxLength: POLICY.traceparentCharsMax })),
    expectedProfileId: Type.Optional(Type.String({ minLength: 1, maxLength: POLICY.profileIdCharsMax })),
  },
  { additionalProperties: false },
);
export type RequestFrame = Static<typeof RequestFrame>;

/** Counters of the states that `presence` and `health` events repeat, so that a client can order them. */
export const StateVersion = Type.Object(
  { presence: Type.Integer({ minimum: 0 }), health: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type StateVersion = Static<typeof StateVersion>;

/** The answer to a request. A method with two responses sends two of these with one id. */
export interface ResponseFrame {
  readonly type: "res";
  readonly id: unknown;
  readonly ok: boolean;
  readonly payload?: unknown;
  readonly error?: WireError;
}

/** Something happened. `seq` counts what this connection was sent; the challenge alone has none. */
export interface EventFrame {
  readonly type: "event";
  readonly event: string;
  readonly payload?: unknown;
  readonly seq?: number;
  readonly stateVersion?: StateVersion;
  /** The human profile the event is meant for, where a gateway tells profiles apart. */
  readonly recipientProfileId?: string;
}
