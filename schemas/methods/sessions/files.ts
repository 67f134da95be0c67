import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const sessionsFilesList = contract({
  method: "sessions.files.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      path: Type.Optional(Type.String()),
      search: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    sessionKey: Type.String(),
    root: Type.Optional(Type.String()),
    gitCheckout: Type.Optional(Type.Boolean()),
    files: Type.Array(Json),
    browser: Type.Optional(Json),
  }),
});

export const sessionsFilesGet = contract({
  method: "sessions.files.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      path: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ sessionKey: Type.String(), root: Type.String(), file: Json }),
});

export const sessionsFilesSet = contract({
  method: "sessions.files.set",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      path: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      content: Type.String(),
      expectedHash: Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-f0-9]{64}$" }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ sessionKey: Type.String(), root: Type.String(), file: Json }),
});

export const sessionsFilesReveal = contract({
  method: "sessions.files.reveal",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { key: Type.String({ minLength: 1 }), agentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Boolean(), path: Type.String(), error: Type.Optional(Type.String()) }),
});
