import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const wake = contract({
  method: "wake",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      mode: Type.Union([Type.Literal("now"), Type.Literal("next-heartbeat")]),
      text: Type.String({ minLength: 1 }),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: true },
  ),
  result: Type.Object({ ok: Type.Boolean() }),
});

export const lastHeartbeat = contract({
  method: "last-heartbeat",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
});

export const setHeartbeats = contract({
  method: "set-heartbeats",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({ ok: Type.Boolean(), enabled: Type.Boolean() }),
});
