import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { ApprovalVerdict, PendingApproval } from "../../shapes/approval.ts";

export const pluginApprovalList = contract({
  method: "plugin.approval.list",
  access: "operator.approvals",
  sideEffects: false,
  params: null,
  result: Type.Array(PendingApproval),
});

export const pluginApprovalRequest = contract({
  method: "plugin.approval.request",
  access: "operator.approvals",
  sideEffects: true,
  params: Type.Object(
    {
      pluginId: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"], minLength: 1 })),
      title: Type.String({ minLength: 1, maxLength: 80 }),
      description: Type.String({ minLength: 1, maxLength: 512 }),
      detail: Type.Optional(
        Type.Unsafe<unknown>({ type: ["string", "null"], minLength: 1, maxLength: 16384 }),
      ),
      severity: Type.Optional(
        Type.Unsafe<unknown>({ type: ["string", "null"], enum: ["info", "warning", "critical", null] }),
      ),
      scope: Type.Optional(
        Type.Unsafe<unknown>({
          anyOf: [
            {
              type: "object",
              required: ["kind", "target", "recipientCount"],
              properties: {
                kind: { type: "string", const: "message-send" },
                target: { type: "string", minLength: 1, maxLength: 128 },
                recipientCount: { type: "integer", minimum: 1, maximum: 1000000 },
                recipients: {
                  type: "array",
                  items: { type: "string", minLength: 1, maxLength: 128 },
                  maxItems: 5,
                },
                audience: {
                  anyOf: [
                    { type: "string", const: "internal" },
                    { type: "string", const: "external" },
                  ],
                },
              },
              additionalProperties: false,
            },
            {
              type: "object",
              required: ["kind", "amount", "currency", "target"],
              properties: {
                kind: { type: "string", const: "payment" },
                amount: { type: "string", minLength: 1, maxLength: 40 },
                currency: { type: "string", minLength: 1, maxLength: 12 },
                target: { type: "string", minLength: 1, maxLength: 128 },
              },
              additionalProperties: false,
            },
            {
              type: "object",
              required: ["kind", "target", "visibility"],
              properties: {
                kind: { type: "string", const: "external-post" },
                target: { type: "string", minLength: 1, maxLength: 128 },
                visibility: {
                  anyOf: [
                    { type: "string", const: "public" },
                    { type: "string", const: "restricted" },
                  ],
                },
              },
              additionalProperties: false,
            },
            {
              type: "object",
              required: ["kind", "automation", "command"],
              properties: {
                kind: { type: "string", const: "standing-grant" },
                automation: { type: "string", minLength: 1, maxLength: 128 },
                command: { type: "string", minLength: 1, maxLength: 256 },
                expiresInDays: { type: "integer", minimum: 1, maximum: 3650 },
              },
              additionalProperties: false,
            },
            { type: "null" },
          ],
          type: ["object", "null"],
        }),
      ),
      toolName: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      toolCallId: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      mcpTool: Type.Optional(
        Type.Object(
          {
            server: Type.String({ minLength: 1, pattern: "\\S" }),
            tool: Type.String({ minLength: 1, pattern: "\\S" }),
          },
          { additionalProperties: false },
        ),
      ),
      allowedDecisions: Type.Optional(
        Type.Unsafe<unknown>({
          type: ["array", "null"],
          items: { type: "string", enum: ["allow-once", "allow-always", "deny"] },
          minItems: 1,
          maxItems: 3,
        }),
      ),
      agentId: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      sessionKey: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      approvalReviewerDeviceIds: Type.Optional(
        Type.Unsafe<unknown>({ type: ["array", "null"], items: { type: "string", minLength: 1 } }),
      ),
      turnSourceChannel: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      turnSourceTo: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      turnSourceAccountId: Type.Optional(Type.Unsafe<unknown>({ type: ["string", "null"] })),
      turnSourceThreadId: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 600000 })),
      twoPhase: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: ApprovalVerdict,
});

export const pluginApprovalWaitDecision = contract({
  method: "plugin.approval.waitDecision",
  access: "operator.approvals",
  sideEffects: false,
  params: null,
  result: ApprovalVerdict,
});

export const pluginApprovalResolve = contract({
  method: "plugin.approval.resolve",
  access: "operator.approvals",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.String({ minLength: 1 }),
      decision: Type.String({ minLength: 1 }),
      reviewer: Type.Optional(
        Type.Object(
          {
            channel: Type.String({ minLength: 1 }),
            accountId: Type.String({ minLength: 1 }),
            senderId: Type.String({ minLength: 1 }),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true) }),
});
