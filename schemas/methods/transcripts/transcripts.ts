import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const transcriptsList = contract({
  method: "transcripts.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1048576 })),
      query: Type.Optional(Type.String({ maxLength: 256 })),
      providerId: Type.Optional(Type.String({ minLength: 1 })),
      accountId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      startedAfter: Type.Optional(Type.String({ format: "date-time", maxLength: 64 })),
      startedBefore: Type.Optional(Type.String({ format: "date-time", maxLength: 64 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ sessions: Type.Array(Type.Unknown()), nextCursor: Type.Null() }),
});

export const transcriptsGet = contract({
  method: "transcripts.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      selector: Type.String({ minLength: 1, maxLength: 1048576 }),
      includeUtterances: Type.Optional(Type.Boolean()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1048576 })),
      query: Type.Optional(Type.String({ maxLength: 256 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const transcriptsSummarize = contract({
  method: "transcripts.summarize",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { selector: Type.String({ minLength: 1, maxLength: 1048576 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
