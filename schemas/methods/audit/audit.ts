import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const auditList = contract({
  method: "audit.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      kind: Type.Optional(Type.Union([Type.Literal("agent_run"), Type.Literal("tool_action")])),
      status: Type.Optional(
        Type.Union([
          Type.Literal("started"),
          Type.Literal("succeeded"),
          Type.Literal("failed"),
          Type.Literal("cancelled"),
          Type.Literal("timed_out"),
          Type.Literal("blocked"),
          Type.Literal("unknown"),
        ]),
      ),
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      before: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      cursor: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    events: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    nextCursor: Type.Optional(Type.String()),
  }),
});

export const auditActivityList = contract({
  method: "audit.activity.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      kind: Type.Optional(
        Type.Union([Type.Literal("agent_run"), Type.Literal("tool_action"), Type.Literal("message")]),
      ),
      status: Type.Optional(
        Type.Union([
          Type.Literal("started"),
          Type.Literal("succeeded"),
          Type.Literal("failed"),
          Type.Literal("cancelled"),
          Type.Literal("timed_out"),
          Type.Literal("blocked"),
          Type.Literal("unknown"),
        ]),
      ),
      direction: Type.Optional(Type.Union([Type.Literal("inbound"), Type.Literal("outbound")])),
      channel: Type.Optional(Type.String({ minLength: 1 })),
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      before: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      cursor: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    events: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    nextCursor: Type.Optional(Type.String()),
  }),
});
