import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const secretsStoreList = contract({
  method: "secrets.store.list",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ entries: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
});

export const secretsStoreSet = contract({
  method: "secrets.store.set",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      name: Type.String({
        minLength: 1,
        maxLength: 128,
        pattern: "^(?:[A-Z][A-Z0-9_]{0,127}|github-setup-[a-f0-9]{32})$",
      }),
      value: Type.String({ maxLength: 65536 }),
      kind: Type.Union([Type.Literal("secret"), Type.Literal("env")]),
      allowedHosts: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 128, uniqueItems: true }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Boolean(), reloaded: Type.Boolean() }),
});

export const secretsStoreDelete = contract({
  method: "secrets.store.delete",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      name: Type.String({
        minLength: 1,
        maxLength: 128,
        pattern: "^(?:[A-Z][A-Z0-9_]{0,127}|github-setup-[a-f0-9]{32})$",
      }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Boolean(), reloaded: Type.Boolean() }),
});
