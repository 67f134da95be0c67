import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** Preferences are kept for a person; a shared secret is nobody in particular. */
const NoDurableIdentity = Type.Object({ status: Type.Literal("no_durable_identity") });

export const usersPrefsGet = contract({
  method: "users.prefs.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      keys: Type.Optional(
        Type.Array(Type.String({ pattern: "^.{1,256}$" }), { maxItems: 32, uniqueItems: true }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Union([
    NoDurableIdentity,
    Type.Object({ status: Type.Literal("ok"), entries: Type.Record(Type.String(), Type.Unknown()) }),
  ]),
});

export const usersPrefsSet = contract({
  method: "users.prefs.set",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      entries: Type.Unsafe<Record<string, unknown>>({
        type: "object",
        patternProperties: { "^.{1,256}$": {} },
        maxProperties: 32,
      }),
      expectedEntries: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: "object",
          patternProperties: { "^.{1,256}$": {} },
          maxProperties: 32,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Union([
    NoDurableIdentity,
    Type.Object({ status: Type.Union([Type.Literal("ok"), Type.Literal("conflict")]) }),
  ]),
});
