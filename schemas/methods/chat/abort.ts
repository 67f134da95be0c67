import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const chatAbort = contract({
  method: "chat.abort",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      preserveSideRuns: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Boolean(), aborted: Type.Boolean(), runIds: Type.Array(Type.String()) }),
});

export const chatInject = contract({
  method: "chat.inject",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      message: Type.String({ minLength: 1 }),
      label: Type.Optional(Type.String({ maxLength: 100 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Boolean(), messageId: Type.String() }),
});
