import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const pushWebVapidPublicKey = contract({
  method: "push.web.vapidPublicKey",
  access: "operator.write",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ vapidPublicKey: Type.String() }),
});

export const pushWebSubscribe = contract({
  method: "push.web.subscribe",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      endpoint: Type.String({ minLength: 1, maxLength: 2048, pattern: "^https://" }),
      keys: Type.Object(
        {
          p256dh: Type.String({ minLength: 1, maxLength: 512 }),
          auth: Type.String({ minLength: 1, maxLength: 512 }),
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const pushWebUnsubscribe = contract({
  method: "push.web.unsubscribe",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { endpoint: Type.String({ minLength: 1, maxLength: 2048, pattern: "^https://" }) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const pushWebTest = contract({
  method: "push.web.test",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { title: Type.Optional(Type.String()), body: Type.Optional(Type.String()) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const pushWebPreferencesGet = contract({
  method: "push.web.preferences.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { endpoint: Type.String({ minLength: 1, maxLength: 2048, pattern: "^https://" }) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const pushWebPreferencesSet = contract({
  method: "push.web.preferences.set",
  access: "operator.write",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        endpoint: Type.String({ minLength: 1, maxLength: 2048, pattern: "^https://" }),
        scope: Type.Literal("user"),
        preferences: Type.Object(
          {
            categories: Type.Object(
              {
                approvalRequested: Type.Boolean(),
                agentFinished: Type.Boolean(),
                agentQuestion: Type.Boolean(),
                humanMentioned: Type.Optional(Type.Boolean()),
                scheduledTaskFailed: Type.Boolean(),
                backgroundTaskFailed: Type.Boolean(),
              },
              { additionalProperties: false },
            ),
            detailLevel: Type.Unsafe<"private" | "identified" | "detailed">({
              type: "string",
              enum: ["private", "identified", "detailed"],
            }),
            quietHours: Type.Object(
              {
                enabled: Type.Boolean(),
                startMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
                endMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
                timeZone: Type.String({ minLength: 1, maxLength: 128 }),
              },
              { additionalProperties: false },
            ),
            agentIds: Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 128 }),
          },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        endpoint: Type.String({ minLength: 1, maxLength: 2048, pattern: "^https://" }),
        scope: Type.Literal("device"),
        preferences: Type.Object(
          {
            enabled: Type.Boolean(),
            label: Type.String({ maxLength: 80 }),
            categories: Type.Optional(
              Type.Object(
                {
                  approvalRequested: Type.Optional(Type.Boolean()),
                  agentFinished: Type.Optional(Type.Boolean()),
                  agentQuestion: Type.Optional(Type.Boolean()),
                  humanMentioned: Type.Optional(Type.Boolean()),
                  scheduledTaskFailed: Type.Optional(Type.Boolean()),
                  backgroundTaskFailed: Type.Optional(Type.Boolean()),
                },
                { additionalProperties: false },
              ),
            ),
            detailLevel: Type.Optional(
              Type.Unsafe<"private" | "identified" | "detailed">({
                type: "string",
                enum: ["private", "identified", "detailed"],
              }),
            ),
            quietHours: Type.Optional(
              Type.Object(
                {
                  enabled: Type.Boolean(),
                  startMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
                  endMinute: Type.Integer({ minimum: 0, maximum: 1439 }),
                  timeZone: Type.String({ minLength: 1, maxLength: 128 }),
                },
                { additionalProperties: false },
              ),
            ),
            agentIds: Type.Optional(
              Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 128 }),
            ),
          },
          { additionalProperties: false },
        ),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Unknown(),
});

export const pushTest = contract({
  method: "push.test",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      nodeId: Type.String({ minLength: 1 }),
      title: Type.Optional(Type.String()),
      body: Type.Optional(Type.String()),
      environment: Type.Optional(
        Type.Unsafe<"sandbox" | "production">({ type: "string", enum: ["sandbox", "production"] }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
