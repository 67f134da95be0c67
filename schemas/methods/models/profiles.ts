import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const modelsAuthOrderSet = contract({
  method: "models.authOrderSet",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      provider: Type.String({ minLength: 1 }),
      profileIds: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), { minItems: 1, uniqueItems: true }),
      ),
      agentId: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    provider: Type.String(),
    profileIds: Type.Union([Type.Array(Type.String()), Type.Null()]),
  }),
});

export const modelsAuthSetApiKey = contract({
  method: "models.authSetApiKey",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      provider: Type.String({ pattern: "\\S" }),
      apiKey: Type.String({ pattern: "\\S" }),
      agentId: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
  result: Type.Object({ provider: Type.String(), profileId: Type.String() }),
});

export const modelsAuthLogin = contract({
  method: "models.authLogin",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      authChoice: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const modelsAuthRefresh = contract({
  method: "models.authRefresh",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      operation: Type.Union([Type.Literal("login"), Type.Literal("logout"), Type.Literal("update")]),
      agentId: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ refreshed: Type.Boolean() }),
});
