import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const artifactsList = contract({
  method: "artifacts.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      taskId: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      messageRole: Type.Optional(Type.Literal("assistant")),
      type: Type.Optional(Type.Literal("image")),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const artifactsGet = contract({
  method: "artifacts.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      taskId: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      messageRole: Type.Optional(Type.Literal("assistant")),
      artifactId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const artifactsDownload = contract({
  method: "artifacts.download",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      taskId: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      messageRole: Type.Optional(Type.Literal("assistant")),
      artifactId: Type.String({ minLength: 1 }),
      transport: Type.Optional(Type.Literal("http")),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});
