import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const agent = contract({
  method: "agent",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      message: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      provider: Type.Optional(Type.String()),
      model: Type.Optional(Type.String()),
      to: Type.Optional(Type.String()),
      replyTo: Type.Optional(Type.String()),
      sessionId: Type.Optional(Type.String()),
      sessionKey: Type.Optional(Type.String()),
      expectedExistingSessionId: Type.Optional(Type.String({ minLength: 1 })),
      thinking: Type.Optional(Type.String()),
      deliver: Type.Optional(Type.Boolean()),
      attachments: Type.Optional(Type.Array(Type.Unknown())),
      channel: Type.Optional(Type.String()),
      replyChannel: Type.Optional(Type.String()),
      accountId: Type.Optional(Type.String()),
      replyAccountId: Type.Optional(Type.String()),
      threadId: Type.Optional(Type.String()),
      groupId: Type.Optional(Type.String()),
      groupChannel: Type.Optional(Type.String()),
      groupSpace: Type.Optional(Type.String()),
      timeout: Type.Optional(Type.Integer({ minimum: 0 })),
      bestEffortDeliver: Type.Optional(Type.Boolean()),
      lane: Type.Optional(Type.String()),
      cwd: Type.Optional(Type.String({ minLength: 1 })),
      cleanupBundleMcpOnRunEnd: Type.Optional(Type.Boolean()),
      modelRun: Type.Optional(Type.Boolean()),
      promptMode: Type.Optional(
        Type.Union([Type.Literal("full"), Type.Literal("minimal"), Type.Literal("none")]),
      ),
      extraSystemPrompt: Type.Optional(Type.String()),
      bootstrapContextMode: Type.Optional(Type.Union([Type.Literal("full"), Type.Literal("lightweight")])),
      bootstrapContextRunKind: Type.Optional(
        Type.Union([Type.Literal("default"), Type.Literal("heartbeat"), Type.Literal("cron")]),
      ),
      acpTurnSource: Type.Optional(Type.Literal("manual_spawn")),
      internalRuntimeHandoffId: Type.Optional(Type.String({ minLength: 1 })),
      internalExecutionIdentityRetry: Type.Optional(Type.Boolean()),
      internalExecutionIdentityRecoveryAttempt: Type.Optional(Type.Integer({ minimum: 1 })),
      execApprovalFollowupExpectedSessionId: Type.Optional(Type.String({ minLength: 1 })),
      internalEvents: Type.Optional(
        Type.Array(
          Type.Object(
            {
              type: Type.Literal("task_completion"),
              source: Type.Unsafe<
                "subagent" | "cron" | "image_generation" | "video_generation" | "music_generation"
              >({
                type: "string",
                enum: ["subagent", "cron", "image_generation", "video_generation", "music_generation"],
              }),
              childSessionKey: Type.String(),
              childSessionId: Type.Optional(Type.String()),
              announceType: Type.String(),
              taskLabel: Type.String(),
              status: Type.Unsafe<"ok" | "timeout" | "error" | "unknown">({
                type: "string",
                enum: ["ok", "timeout", "error", "unknown"],
              }),
              statusLabel: Type.String(),
              result: Type.String(),
              noVisibleResult: Type.Optional(Type.Boolean()),
              modelRouteChange: Type.Optional(Type.String()),
              attachments: Type.Optional(
                Type.Array(
                  Type.Object(
                    {
                      type: Type.Optional(
                        Type.Unsafe<"image" | "audio" | "video" | "file">({
                          type: "string",
                          enum: ["image", "audio", "video", "file"],
                        }),
                      ),
                      path: Type.Optional(Type.String()),
                      url: Type.Optional(Type.String()),
                      mediaUrl: Type.Optional(Type.String()),
                      filePath: Type.Optional(Type.String()),
                      mimeType: Type.Optional(Type.String()),
                      name: Type.Optional(Type.String()),
                      sizeBytes: Type.Optional(Type.Number()),
                      durationMs: Type.Optional(Type.Number()),
                      width: Type.Optional(Type.Number()),
                      height: Type.Optional(Type.Number()),
                    },
                    { additionalProperties: false },
                  ),
                ),
              ),
              mediaUrls: Type.Optional(Type.Array(Type.String())),
              statsLine: Type.Optional(Type.String()),
              replyInstruction: Type.String(),
            },
            { additionalProperties: false },
          ),
        ),
      ),
      inputProvenance: Type.Optional(
        Type.Object(
          {
            kind: Type.Unsafe<"external_user" | "inter_session" | "internal_system">({
              type: "string",
              enum: ["external_user", "inter_session", "internal_system"],
            }),
            originSessionId: Type.Optional(Type.String()),
            sourceSessionKey: Type.Optional(Type.String()),
            sourceChannel: Type.Optional(Type.String()),
            sourceTool: Type.Optional(Type.String()),
            sourceRole: Type.Optional(Type.Literal("subagent")),
            sourcePromptPrefix: Type.Optional(Type.String()),
            jobId: Type.Optional(Type.String()),
            runId: Type.Optional(Type.String()),
          },
          { additionalProperties: false },
        ),
      ),
      suppressPromptPersistence: Type.Optional(Type.Boolean()),
      sessionEffects: Type.Optional(Type.Union([Type.Literal("visible"), Type.Literal("internal")])),
      sourceReplyDeliveryMode: Type.Optional(
        Type.Union([Type.Literal("automatic"), Type.Literal("message_tool_only")]),
      ),
      disableMessageTool: Type.Optional(Type.Boolean()),
      swarmCollector: Type.Optional(Type.Boolean()),
      swarmOutputSchema: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({ type: "object", patternProperties: { "^.*$": {} } }),
      ),
      forceRestartSafeTools: Type.Optional(Type.Boolean()),
      forceCodeModeTools: Type.Optional(Type.Boolean()),
      voiceWakeTrigger: Type.Optional(Type.String()),
      idempotencyKey: Type.String({ minLength: 1 }),
      label: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const agentWait = contract({
  method: "agent.wait",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { runId: Type.String({ minLength: 1 }), timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});
