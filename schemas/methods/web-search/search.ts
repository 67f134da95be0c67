import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const webSearchStatus = contract({
  method: "webSearch.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
      modelProvider: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
      modelId: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const webSearchTest = contract({
  method: "webSearch.test",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
      modelProvider: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
      modelId: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
      query: Type.String({ minLength: 1, maxLength: 500 }),
      providerId: Type.Optional(Type.String({ minLength: 1, maxLength: 512, pattern: "\\S" })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});
