import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const chatSend = contract({
  method: "chat.send",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1, maxLength: 512 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      sessionId: Type.Optional(Type.String({ minLength: 1 })),
      message: Type.String(),
      mentions: Type.Optional(
        Type.Array(
          Type.Object(
            {
              profileId: Type.String({ minLength: 1, maxLength: 256 }),
              start: Type.Integer({ minimum: 0, maximum: 9007199254740991 }),
              end: Type.Integer({ minimum: 1, maximum: 9007199254740991 }),
            },
            { additionalProperties: false },
          ),
          { maxItems: 10 },
        ),
      ),
      workContext: Type.Optional(
        Type.Object(
          {
            page: Type.String({ minLength: 1, maxLength: 64 }),
            title: Type.Optional(Type.String({ maxLength: 96 })),
            sessionKey: Type.Optional(Type.String({ maxLength: 192 })),
            sessionId: Type.Optional(Type.String({ maxLength: 64 })),
            agentId: Type.Optional(Type.String({ maxLength: 64 })),
            workspace: Type.Optional(Type.String({ maxLength: 224 })),
            file: Type.Optional(Type.String({ maxLength: 224 })),
            selection: Type.Optional(Type.String({ maxLength: 640 })),
          },
          { additionalProperties: false },
        ),
      ),
      intent: Type.Optional(
        Type.Object(
          {
            kind: Type.Literal("session-goal-start"),
            version: Type.Literal(1),
            issuedAtMs: Type.Integer({ minimum: 0 }),
          },
          { additionalProperties: false },
        ),
      ),
      thinking: Type.Optional(Type.String()),
      fastMode: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("auto")])),
      fastAutoOnSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
      queueMode: Type.Optional(
        Type.Unsafe<"steer" | "followup" | "collect" | "interrupt">({
          type: "string",
          enum: ["steer", "followup", "collect", "interrupt"],
        }),
      ),
      deliver: Type.Optional(Type.Boolean()),
      originatingChannel: Type.Optional(Type.String()),
      originatingTo: Type.Optional(Type.String()),
      originatingAccountId: Type.Optional(Type.String()),
      originatingThreadId: Type.Optional(Type.String()),
      replyToId: Type.Optional(Type.String({ minLength: 1 })),
      attachments: Type.Optional(
        Type.Array(
          Type.Object(
            {
              type: Type.Optional(Type.String()),
              mimeType: Type.Optional(Type.String()),
              fileName: Type.Optional(Type.String()),
              origin: Type.Optional(Type.Union([Type.Literal("paste"), Type.Literal("file")])),
              content: Type.Optional(Type.Unknown()),
              sizeBytes: Type.Optional(Type.Number()),
              durationMs: Type.Optional(Type.Number()),
              width: Type.Optional(Type.Number()),
              height: Type.Optional(Type.Number()),
            },
            { additionalProperties: true },
          ),
        ),
      ),
      toolBindings: Type.Optional(
        Type.Unsafe<Record<string, unknown>>({
          type: "object",
          patternProperties: { "^.*$": {} },
          maxProperties: 16,
        }),
      ),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
      systemInputProvenance: Type.Optional(
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
      systemProvenanceReceipt: Type.Optional(Type.String()),
      suppressCommandInterpretation: Type.Optional(Type.Boolean()),
      expectedLeafEntryId: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      expectedSessionRoutingContract: Type.Optional(Type.String({ minLength: 1 })),
      expectedPermissionMode: Type.Optional(
        Type.Union([
          Type.Union([
            Type.Literal("read-only"),
            Type.Literal("guarded"),
            Type.Literal("workspace"),
            Type.Literal("full"),
          ]),
          Type.Null(),
        ]),
      ),
      expectedToolOverrides: Type.Optional(
        Type.Union([
          Type.Object(
            {
              mcpServers: Type.Optional(
                Type.Unsafe<Record<string, unknown>>({
                  type: "object",
                  patternProperties: { "^.*$": { type: "boolean" } },
                }),
              ),
              mcpToolsDeny: Type.Optional(
                Type.Unsafe<Record<string, unknown>>({
                  type: "object",
                  patternProperties: { "^.*$": { type: "array", items: { type: "string", minLength: 1 } } },
                }),
              ),
              skills: Type.Optional(
                Type.Unsafe<Record<string, unknown>>({
                  type: "object",
                  patternProperties: { "^.*$": { type: "boolean" } },
                }),
              ),
              webSearch: Type.Optional(Type.Boolean()),
            },
            { additionalProperties: false },
          ),
          Type.Null(),
        ]),
      ),
      idempotencyKey: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Union([
    Type.Object({ ok: Type.Boolean(), aborted: Type.Boolean(), runIds: Type.Array(Type.String()) }),
    Type.Object({
      runId: Type.String(),
      status: Type.String(),
      interruptedActiveRun: Type.Optional(Type.Boolean()),
      summary: Type.Optional(Type.String()),
      stopReason: Type.Optional(Type.String()),
      endedAt: Type.Optional(Type.Number()),
    }),
  ]),
});
