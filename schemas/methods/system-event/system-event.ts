import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Text = Type.Optional(Type.String());
const Texts = Type.Optional(Type.Array(Type.String()));

export const systemEvent = contract({
  method: "system-event",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      text: Type.String(),
      sessionKey: Text,
      deviceId: Text,
      instanceId: Text,
      host: Text,
      ip: Text,
      mode: Text,
      version: Text,
      platform: Text,
      deviceFamily: Text,
      modelIdentifier: Text,
      lastInputSeconds: Type.Optional(Type.Number()),
      reason: Text,
      roles: Texts,
      scopes: Texts,
      tags: Texts,
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true) }),
});
