import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsUsage = contract({
  method: "sessions.usage",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      key: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      agentScope: Type.Optional(Type.Literal("all")),
      creatorKey: Type.Optional(Type.String({ minLength: 1 })),
      startDate: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })),
      endDate: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" })),
      mode: Type.Optional(
        Type.Union([Type.Literal("utc"), Type.Literal("gateway"), Type.Literal("specific")]),
      ),
      range: Type.Optional(
        Type.Union([
          Type.Literal("7d"),
          Type.Literal("30d"),
          Type.Literal("90d"),
          Type.Literal("1y"),
          Type.Literal("all"),
        ]),
      ),
      groupBy: Type.Optional(Type.Union([Type.Literal("instance"), Type.Literal("family")])),
      includeHistorical: Type.Optional(Type.Boolean({ deprecated: true })),
      utcOffset: Type.Optional(Type.String({ pattern: "^UTC[+-]\\d{1,2}(?::[0-5]\\d)?$", deprecated: true })),
      timeZone: Type.Optional(Type.String({ minLength: 1 })),
      limit: Type.Optional(Type.Integer({ minimum: 1 })),
      includeContextWeight: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Json,
});

export const sessionsUsageTimeseries = contract({
  method: "sessions.usage.timeseries",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Json,
});

export const sessionsUsageLogs = contract({
  method: "sessions.usage.logs",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ logs: Type.Array(Json) }),
});
