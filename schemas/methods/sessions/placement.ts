import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsRecover = contract({
  method: "sessions.recover",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { key: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsAssignOwner = contract({
  method: "sessions.assignOwner",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      owner: Type.Object(
        {
          type: Type.Union([Type.Literal("agent"), Type.Literal("human")]),
          id: Type.String({ minLength: 1 }),
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), key: Type.String(), owner: Json }),
});

export const sessionsSetInvolvement = contract({
  method: "sessions.setInvolvement",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      expectedSessionId: Type.String({ minLength: 1 }),
      hidden: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    key: Type.String(),
    hiddenFromInvolvingMe: Type.Boolean(),
  }),
});

export const sessionsDispatch = contract({
  method: "sessions.dispatch",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      profileId: Type.Optional(Type.String({ minLength: 1 })),
      deviceId: Type.Optional(Type.String({ minLength: 1 })),
      autoDevice: Type.Optional(Type.Boolean({ const: true })),
      machineClass: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      os: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    },
    {
      oneOf: [
        {
          required: ["profileId"],
          not: { anyOf: [{ required: ["deviceId"] }, { required: ["autoDevice"] }] },
        },
        {
          required: ["deviceId"],
          not: {
            anyOf: [
              { required: ["profileId"] },
              { required: ["autoDevice"] },
              { required: ["machineClass"] },
              { required: ["os"] },
            ],
          },
        },
        {
          required: ["autoDevice"],
          not: {
            anyOf: [
              { required: ["profileId"] },
              { required: ["deviceId"] },
              { required: ["machineClass"] },
              { required: ["os"] },
            ],
          },
        },
        {
          not: {
            anyOf: [
              { required: ["profileId"] },
              { required: ["deviceId"] },
              { required: ["autoDevice"] },
              { required: ["machineClass"] },
              { required: ["os"] },
            ],
          },
        },
      ],
      additionalProperties: false,
    },
  ),
  result: Type.Never(),
});

export const sessionsReclaim = contract({
  method: "sessions.reclaim",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      recoverToGateway: Type.Optional(
        Type.Object(
          { expectedGeneration: Type.Integer({ minimum: 0, maximum: 9007199254740991 }) },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsPluginPatch = contract({
  method: "sessions.pluginPatch",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      pluginId: Type.String({ minLength: 1 }),
      namespace: Type.String({ minLength: 1 }),
      value: Type.Optional(Type.Unknown()),
      unset: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsProviderReviewContinue = contract({
  method: "sessions.providerReview.continue",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionId: Type.String({ minLength: 1 }),
      reviewId: Type.String({ minLength: 1 }),
      idempotencyKey: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const sessionsStorageStatus = contract({
  method: "sessions.storage.status",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Json,
});

export const sessionsStorageRun = contract({
  method: "sessions.storage.run",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Never(),
});
