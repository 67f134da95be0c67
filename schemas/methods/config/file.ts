import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Issue = Type.Object({
  path: Type.String(),
  message: Type.String(),
  allowedValues: Type.Optional(Type.Array(Type.String())),
  allowedValuesHiddenCount: Type.Optional(Type.Integer()),
});

export const configGet = contract({
  method: "config.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    path: Type.String(),
    includedPaths: Type.Array(Type.String()),
    includeProvenance: Type.Array(Type.Unknown()),
    agentRosterIncludeOwned: Type.Boolean(),
    bindingsIncludeOwned: Type.Boolean(),
    exists: Type.Boolean(),
    raw: Type.Union([Type.String(), Type.Null()]),
    parsed: Type.Unknown(),
    sourceConfig: Type.Unknown(),
    resolved: Type.Unknown(),
    valid: Type.Boolean(),
    runtimeConfig: Type.Unknown(),
    config: Type.Unknown(),
    hash: Type.String(),
    issues: Type.Array(Issue),
    warnings: Type.Array(Issue),
    legacyIssues: Type.Array(Issue),
    configRevisionHash: Type.Union([Type.String(), Type.Null()]),
    appliedConfigHash: Type.String(),
  }),
});

export const configSet = contract({
  method: "config.set",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { raw: Type.String({ minLength: 1 }), baseHash: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    path: Type.String(),
    hash: Type.String(),
    config: Type.Unknown(),
  }),
});

const writeParams = {
  raw: Type.String({ minLength: 1 }),
  baseHash: Type.Optional(Type.String({ minLength: 1 })),
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
  restartDelayMs: Type.Optional(Type.Integer({ minimum: 0 })),
};

/** The record of a write, which a restart that it asks for would be told of. */
const Sentinel = Type.Object({
  persisted: Type.Boolean(),
  payload: Type.Object({
    kind: Type.String(),
    status: Type.String(),
    ts: Type.Number(),
    sessionKey: Type.Optional(Type.String()),
    message: Type.Union([Type.String(), Type.Null()]),
    doctorHint: Type.String(),
    stats: Type.Object({ mode: Type.String(), root: Type.String(), requiresRestart: Type.Boolean() }),
  }),
});

export const configPatch = contract({
  method: "config.patch",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      ...writeParams,
      replacePaths: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { maxItems: 256 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    noop: Type.Optional(Type.Literal(true)),
    changedPaths: Type.Array(Type.String()),
    path: Type.String(),
    hash: Type.Optional(Type.String()),
    config: Type.Unknown(),
    sentinel: Type.Optional(Sentinel),
  }),
});

export const configApply = contract({
  method: "config.apply",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(writeParams, { additionalProperties: false }),
  result: Type.Object({
    ok: Type.Literal(true),
    path: Type.String(),
    hash: Type.String(),
    config: Type.Unknown(),
    sentinel: Sentinel,
  }),
});
