import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const webLoginStart = contract({
  method: "web.login.start",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      channel: Type.Optional(Type.String({ minLength: 1 })),
      force: Type.Optional(Type.Boolean()),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
      verbose: Type.Optional(Type.Boolean()),
      accountId: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const webLoginWait = contract({
  method: "web.login.wait",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      channel: Type.Optional(Type.String({ minLength: 1 })),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
      accountId: Type.Optional(Type.String()),
      currentQrDataUrl: Type.Optional(Type.String({ maxLength: 16384, pattern: "^data:image/png;base64," })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
