import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { ApprovalVerdict, Decision, Nullable, PendingApproval } from "../../shapes/approval.ts";

export const execApprovalGet = contract({
  method: "exec.approval.get",
  access: "operator.approvals",
  sideEffects: false,
  params: Type.Object({ id: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({
    id: Type.String(),
    commandText: Type.String(),
    commandPreview: Nullable,
    allowedDecisions: Type.Array(Decision),
    host: Nullable,
    nodeId: Nullable,
    agentId: Nullable,
    expiresAtMs: Type.Integer(),
  }),
});

export const execApprovalList = contract({
  method: "exec.approval.list",
  access: "operator.approvals",
  sideEffects: false,
  params: null,
  result: Type.Array(PendingApproval),
});

export const execApprovalRequest = contract({
  method: "exec.approval.request",
  access: "operator.approvals",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.Optional(Type.String({ minLength: 1 })),
      command: Type.Optional(Type.String({ minLength: 1 })),
      commandArgv: Type.Optional(Type.Array(Type.String())),
      systemRunPlan: Type.Optional(
        Type.Object(
          {
            argv: Type.Array(Type.String()),
            cwd: Type.Union([Type.String(), Type.Null()]),
            commandText: Type.String(),
            commandPreview: Type.Optional(Type.Union([Type.String(), Type.Null()])),
            agentId: Type.Union([Type.String(), Type.Null()]),
            sessionKey: Type.Union([Type.String(), Type.Null()]),
            policySnapshot: Type.Optional(
              Type.Object(
                {
                  security: Type.Union([
                    Type.Literal("deny"),
                    Type.Literal("allowlist"),
                    Type.Literal("full"),
                  ]),
                  ask: Type.Union([Type.Literal("off"), Type.Literal("on-miss"), Type.Literal("always")]),
                  askFallback: Type.Union([
                    Type.Literal("deny"),
                    Type.Literal("allowlist"),
                    Type.Literal("full"),
                  ]),
                  autoAllowSkills: Type.Boolean(),
                  allowlistRules: Type.Array(
                    Type.Object(
                      {
                        pattern: Type.String(),
                        argPattern: Type.Optional(Type.String()),
                        source: Type.Optional(Type.Literal("allow-always")),
                      },
                      { additionalProperties: false },
                    ),
                  ),
                },
                { additionalProperties: false },
              ),
            ),
            mutableFileOperand: Type.Optional(
              Type.Union([
                Type.Object(
                  { argvIndex: Type.Integer({ minimum: 0 }), path: Type.String(), sha256: Type.String() },
                  { additionalProperties: false },
                ),
                Type.Null(),
              ]),
            ),
          },
          { additionalProperties: false },
        ),
      ),
      env: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: "object",
          patternProperties: { "^.*$": { type: "string" } },
        }),
      ),
      cwd: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      nodeId: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      host: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      security: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      ask: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      warningText: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      scope: Type.Optional(
        Type.Union([
          Type.Object(
            {
              kind: Type.Literal("message-send"),
              target: Type.String({ minLength: 1, maxLength: 128 }),
              recipientCount: Type.Integer({ minimum: 1, maximum: 1000000 }),
              recipients: Type.Optional(
                Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 5 }),
              ),
              audience: Type.Optional(Type.Union([Type.Literal("internal"), Type.Literal("external")])),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("payment"),
              amount: Type.String({ minLength: 1, maxLength: 40 }),
              currency: Type.String({ minLength: 1, maxLength: 12 }),
              target: Type.String({ minLength: 1, maxLength: 128 }),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("external-post"),
              target: Type.String({ minLength: 1, maxLength: 128 }),
              visibility: Type.Union([Type.Literal("public"), Type.Literal("restricted")]),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("standing-grant"),
              automation: Type.String({ minLength: 1, maxLength: 128 }),
              command: Type.String({ minLength: 1, maxLength: 256 }),
              expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
            },
            { additionalProperties: false },
          ),
        ]),
      ),
      unavailableDecisions: Type.Optional(
        Type.Array(Type.Unsafe<"allow-always">({ type: "string", enum: ["allow-always"] }), {
          minItems: 1,
          maxItems: 1,
        }),
      ),
      commandSpans: Type.Optional(
        Type.Array(
          Type.Object(
            { startIndex: Type.Integer({ minimum: 0 }), endIndex: Type.Integer({ minimum: 1 }) },
            { additionalProperties: false },
          ),
        ),
      ),
      agentId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      resolvedPath: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      sessionKey: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      sessionId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      runId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      toolCallId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      turnSourceChannel: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      turnSourceTo: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      turnSourceAccountId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      turnSourceThreadId: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
      approvalReviewerDeviceIds: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
      requireDeliveryRoute: Type.Optional(Type.Boolean()),
      suppressDelivery: Type.Optional(Type.Boolean()),
      deliverToApprovalClientsOnly: Type.Optional(Type.Boolean()),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 1 })),
      twoPhase: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: ApprovalVerdict,
});

export const execApprovalWaitDecision = contract({
  method: "exec.approval.waitDecision",
  access: "operator.approvals",
  sideEffects: false,
  params: null,
  result: ApprovalVerdict,
});

export const execApprovalResolve = contract({
  method: "exec.approval.resolve",
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
      grantExpiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true) }),
});
