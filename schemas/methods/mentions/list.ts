import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Inbox = Type.Object({
  gatewayInstanceId: Type.String(),
  revision: Type.Integer(),
  items: Type.Array(Type.Never()),
});

export const mentionsList = contract({
  method: "mentions.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Inbox,
});

export const mentionsDismiss = contract({
  method: "mentions.dismiss",
  access: "operator.read",
  sideEffects: true,
  params: Type.Object(
    { ids: Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 100, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  result: Inbox,
});
