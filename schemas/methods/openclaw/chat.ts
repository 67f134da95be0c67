import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const openclawChat = contract({
  method: "openclaw.chat",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Type.String({ minLength: 1 }),
      message: Type.Optional(Type.String()),
      wizardAnswer: Type.Optional(
        Type.Object(
          { stepId: Type.String({ minLength: 1 }), value: Type.Optional(Type.Unknown()) },
          { additionalProperties: false },
        ),
      ),
      wizardCancel: Type.Optional(
        Type.Object({ stepId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
      ),
      welcomeVariant: Type.Optional(Type.Union([Type.Literal("onboarding"), Type.Literal("new-agent")])),
      reset: Type.Optional(Type.Boolean()),
      context: Type.Optional(
        Type.Object(
          {
            page: Type.String({ minLength: 1, maxLength: 64, pattern: "^[A-Za-z0-9/_-]{1,64}$" }),
            plugin: Type.Optional(
              Type.Object(
                {
                  id: Type.String({
                    minLength: 1,
                    maxLength: 128,
                    pattern: "^[A-Za-z0-9@][A-Za-z0-9@._/-]{0,127}$",
                  }),
                  name: Type.String({ minLength: 1, maxLength: 96 }),
                  installed: Type.Optional(Type.Boolean()),
                  declared: Type.Optional(
                    Type.Object(
                      {
                        tools: Type.Optional(
                          Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 8 }),
                        ),
                        providers: Type.Optional(
                          Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 8 }),
                        ),
                        channels: Type.Optional(
                          Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 8 }),
                        ),
                        contracts: Type.Optional(
                          Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 8 }),
                        ),
                        skills: Type.Optional(
                          Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 8 }),
                        ),
                        mcpServers: Type.Optional(
                          Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 8 }),
                        ),
                        incomplete: Type.Optional(Type.Boolean()),
                      },
                      { additionalProperties: false },
                    ),
                  ),
                  setting: Type.Optional(
                    Type.Object(
                      {
                        path: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
                          minItems: 1,
                          maxItems: 16,
                        }),
                        label: Type.String({ minLength: 1, maxLength: 96 }),
                      },
                      { additionalProperties: false },
                    ),
                  ),
                },
                { additionalProperties: false },
              ),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      delegation: Type.Optional(
        Type.Object(
          {
            agentId: Type.Optional(Type.String({ minLength: 1 })),
            sessionKey: Type.Optional(Type.String({ minLength: 1 })),
            turnSourceChannel: Type.Optional(Type.String({ minLength: 1 })),
            turnSourceTo: Type.Optional(Type.String({ minLength: 1 })),
            turnSourceAccountId: Type.Optional(Type.String({ minLength: 1 })),
            turnSourceThreadId: Type.Optional(Type.Union([Type.String(), Type.Number()])),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Record(Type.String(), Type.Unknown()),
});

export const openclawChatHistory = contract({
  method: "openclaw.chat.history",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    turns: Type.Array(
      Type.Object({
        role: Type.Union([Type.Literal("user"), Type.Literal("assistant")]),
        text: Type.String(),
        at: Type.Number(),
      }),
    ),
  }),
});

export const openclawChangesList = contract({
  method: "openclaw.changes.list",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
      beforeCursor: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    entries: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.Number(),
        kind: Type.Union([Type.Literal("config-write"), Type.Literal("operation")]),
        source: Type.Union([
          Type.Literal("config-rpc"),
          Type.Literal("system-agent"),
          Type.Literal("unknown"),
        ]),
        summary: Type.String(),
        changedPaths: Type.Optional(Type.Array(Type.String())),
      }),
    ),
    nextCursor: Type.Optional(Type.String()),
  }),
});
