import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const environmentsList = contract({
  method: "environments.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      runtimeId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      projection: Type.Optional(Type.Literal("profiles")),
      includeDesktopSetup: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ environments: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
});

export const environmentsStatus = contract({
  method: "environments.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ environmentId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Record(Type.String(), Type.Unknown()),
});
