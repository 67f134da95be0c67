import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const updateRun = contract({
  method: "update.run",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      requester: Type.Optional(
        Type.Object(
          {
            channel: Type.Optional(Type.String()),
            accountId: Type.Optional(Type.String()),
            senderId: Type.Optional(Type.String()),
          },
          { additionalProperties: false },
        ),
      ),
      sessionKey: Type.Optional(Type.String()),
      deliveryContext: Type.Optional(
        Type.Object(
          {
            channel: Type.Optional(Type.String()),
            to: Type.Optional(Type.String()),
            accountId: Type.Optional(Type.String()),
            threadId: Type.Optional(Type.Union([Type.String(), Type.Number()])),
          },
          { additionalProperties: false },
        ),
      ),
      note: Type.Optional(Type.String()),
      continuationMessage: Type.Optional(Type.String()),
      restartDelayMs: Type.Optional(Type.Integer({ minimum: 0 })),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
      target: Type.Optional(
        Type.Object(
          {
            kind: Type.Literal("git"),
            upstreamRef: Type.String({ minLength: 1, pattern: "^[^\\s\\u0000-\\u001f\\u007f-\\u009f]+$" }),
            upstreamSha: Type.String({ pattern: "^[a-fA-F0-9]{40}$" }),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    runId: Type.String(),
    ok: Type.Boolean(),
    result: Type.Record(Type.String(), Type.Unknown()),
    ackDelivered: Type.Boolean(),
    ackQueued: Type.Boolean(),
    restart: Type.Null(),
    sentinel: Type.Object({ persisted: Type.Boolean(), payload: Type.Record(Type.String(), Type.Unknown()) }),
  }),
});
