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

export const transcriptsExport = contract({
  method: "transcripts.export",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      selector: Type.String({ minLength: 1, maxLength: 1048576 }),
      format: Type.Union([Type.Literal("markdown"), Type.Literal("jsonl")]),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const transcriptsStatus = contract({
  method: "transcripts.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    enabled: Type.Boolean(),
    providers: Type.Array(
      Type.Object({
        providerId: Type.String(),
        name: Type.String(),
        availability: Type.String(),
        sourceKinds: Type.Array(Type.String()),
        canStart: Type.Boolean(),
        canStop: Type.Boolean(),
        canImport: Type.Boolean(),
      }),
    ),
    configuredSources: Type.Array(Type.Unknown()),
    active: Type.Array(Type.Unknown()),
    latestTranscript: Type.Null(),
    omitted: Type.Object({
      providers: Type.Integer(),
      configuredSources: Type.Integer(),
      active: Type.Integer(),
    }),
  }),
});
