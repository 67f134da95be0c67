import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const boardPromptAuthorize = contract({
  method: "board.prompt.authorize",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { ticket: Type.String({ minLength: 1, maxLength: 2048 }) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const boardDataRead = contract({
  method: "board.data.read",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      ticket: Type.String({ minLength: 1, maxLength: 2048 }),
      bindingId: Type.String({ minLength: 1, maxLength: 64 }),
      params: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: "object",
          patternProperties: { "^.*$": {} },
          maxProperties: 64,
        }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const boardAction = contract({
  method: "board.action",
  access: "operator.write",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        ticket: Type.String({ minLength: 1, maxLength: 2048 }),
        action: Type.Literal("cron.trigger"),
        jobId: Type.String({ minLength: 1, maxLength: 256 }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        ticket: Type.String({ minLength: 1, maxLength: 2048 }),
        action: Type.String({ minLength: 1, maxLength: 269 }),
        params: Type.Optional(
          Type.Unsafe<Record<string, unknown>>({
            type: "object",
            patternProperties: { "^.*$": {} },
            maxProperties: 64,
          }),
        ),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Unknown(),
});
