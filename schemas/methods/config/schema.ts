import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const configSchema = contract({
  method: "config.schema",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    schema: Type.Unknown(),
    uiHints: Type.Record(Type.String(), Type.Unknown()),
    version: Type.String(),
    generatedAt: Type.String(),
  }),
});

const described = {
  reloadKind: Type.String(),
  hint: Type.Optional(Type.Unknown()),
  hintPath: Type.Optional(Type.String()),
};

export const configSchemaLookup = contract({
  method: "config.schema.lookup",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { path: Type.String({ minLength: 1, maxLength: 1024, pattern: "^[A-Za-z0-9_./\\[\\]\\-*]+$" }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    path: Type.String(),
    schema: Type.Record(Type.String(), Type.Unknown()),
    ...described,
    children: Type.Array(
      Type.Object({
        key: Type.String(),
        path: Type.String(),
        type: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
        required: Type.Boolean(),
        hasChildren: Type.Boolean(),
        ...described,
      }),
    ),
  }),
});
