import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const QuestionState = Type.Object({
  status: Type.Union([
    Type.Literal("pending"),
    Type.Literal("answered"),
    Type.Literal("cancelled"),
    Type.Literal("expired"),
  ]),
  answers: Type.Optional(Type.Unknown()),
  resolutionId: Type.Optional(Type.String()),
});

export const questionRequest = contract({
  method: "question.request",
  access: "operator.questions",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.Optional(Type.String({ minLength: 1 })),
      questions: Type.Array(
        Type.Object(
          {
            questionId: Type.String({ pattern: "^[a-z][a-z0-9_]*$" }),
            header: Type.String({ maxLength: 12 }),
            question: Type.String({ minLength: 1 }),
            url: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
            options: Type.Array(
              Type.Object(
                { label: Type.String({ minLength: 1 }), description: Type.Optional(Type.String()) },
                { additionalProperties: false },
              ),
              { maxItems: 4 },
            ),
            multiSelect: Type.Optional(Type.Boolean()),
            isOther: Type.Optional(Type.Boolean()),
            isSecret: Type.Optional(Type.Boolean()),
            secretStore: Type.Optional(
              Type.Object(
                {
                  name: Type.String({ minLength: 1, maxLength: 128, pattern: "^[A-Z][A-Z0-9_]{0,127}$" }),
                  kind: Type.Union([Type.Literal("secret"), Type.Literal("env")]),
                  allowedHosts: Type.Optional(
                    Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
                      maxItems: 128,
                      uniqueItems: true,
                    }),
                  ),
                  reason: Type.Optional(Type.String({ maxLength: 200 })),
                },
                { additionalProperties: false },
              ),
            ),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 3 },
      ),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      runId: Type.Optional(Type.String({ minLength: 1 })),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ id: Type.String(), expiresAtMs: Type.Integer() }),
});

export const questionWaitAnswer = contract({
  method: "question.waitAnswer",
  access: "operator.questions",
  sideEffects: false,
  params: Type.Object(
    {
      id: Type.String({ minLength: 1 }),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
      includeResolutionId: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: QuestionState,
});

export const questionResolve = contract({
  method: "question.resolve",
  access: "operator.questions",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        id: Type.String({ minLength: 1 }),
        answers: Type.Object(
          {
            answers: Type.Unsafe<Readonly<Record<string, readonly string[]>>>({
              type: "object",
              patternProperties: { "^[a-z][a-z0-9_]*$": { type: "array", items: { type: "string" } } },
            }),
          },
          { additionalProperties: false },
        ),
        secretStoreAllowedHosts: Type.Optional(
          Type.Array(Type.String({ minLength: 1, maxLength: 253 }), { maxItems: 128, uniqueItems: true }),
        ),
        resolvedBy: Type.Optional(Type.String({ minLength: 1 })),
        resolutionId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        id: Type.String({ minLength: 1 }),
        cancel: Type.Boolean({ const: true }),
        resolvedBy: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: QuestionState,
});

export const questionGet = contract({
  method: "question.get",
  access: "operator.questions",
  sideEffects: false,
  params: Type.Object({ id: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({ question: Type.Unknown() }),
});

export const questionList = contract({
  method: "question.list",
  access: "operator.questions",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ questions: Type.Array(Type.Unknown()) }),
});
