import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const message = Type.Object(
  {
    key: Type.String({ minLength: 1 }),
    agentId: Type.Optional(Type.String({ minLength: 1 })),
    message: Type.String(),
    mentions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            profileId: Type.String({ minLength: 1, maxLength: 256 }),
            start: Type.Integer({ minimum: 0, maximum: 9007199254740991 }),
            end: Type.Integer({ minimum: 1, maximum: 9007199254740991 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 10 },
      ),
    ),
    thinking: Type.Optional(Type.String()),
    attachments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            type: Type.Optional(Type.String()),
            mimeType: Type.Optional(Type.String()),
            fileName: Type.Optional(Type.String()),
            origin: Type.Optional(Type.Union([Type.Literal("paste"), Type.Literal("file")])),
            content: Type.Optional(Type.Unknown()),
            sizeBytes: Type.Optional(Type.Number()),
            durationMs: Type.Optional(Type.Number()),
            width: Type.Optional(Type.Number()),
            height: Type.Optional(Type.Number()),
          },
          { additionalProperties: true },
        ),
      ),
    ),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
    idempotencyKey: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

const result = Type.Object({ runId: Type.String(), status: Type.String() }, { additionalProperties: true });

export const sessionsSend = contract({
  method: "sessions.send",
  access: "operator.write",
  sideEffects: true,
  params: message,
  result,
});

/** Like `sessions.send`, and ends the run that is active. */
export const sessionsSteer = contract({
  method: "sessions.steer",
  access: "operator.write",
  sideEffects: true,
  params: message,
  result,
});

export const sessionsAbort = contract({
  method: "sessions.abort",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      clearQueued: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    abortedRunId: Type.Union([Type.String(), Type.Null()]),
    status: Type.String(),
  }),
});
