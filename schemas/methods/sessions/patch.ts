import { Type } from "@sinclair/typebox";
import { contract, type OperatorScope } from "../../contract.ts";
import { Json, SessionEntry } from "../../shapes/session.ts";

/** What anybody who may write may set; every other member of a patch asks for admin, see [SE12]. */
const WRITE_MEMBERS = new Set([
  ...["key", "agentId", "expectedSessionId", "expectedLifecycleRevision", "expectedMarkedUnreadAt"],
  ...["label", "autoLabel", "icon", "color", "category", "boardFace", "boardPresentation"],
  ...["statusNote", "attention", "ttlMinutes", "archived", "pinned", "unread"],
  ...["model", "thinkingLevel", "fastMode"],
]);

/** Access is decided before params are checked, so they may be anything. */
export function hasMember<Name extends string>(params: unknown, name: Name): params is Record<Name, unknown> {
  return typeof params === "object" && params !== null && name in params;
}

function patchAccess(params: unknown): OperatorScope {
  const members = typeof params === "object" && params !== null ? Object.keys(params) : [];
  return members.every((member) => WRITE_MEMBERS.has(member)) ? "operator.write" : "operator.admin";
}

export const sessionsPatch = contract({
  method: "sessions.patch",
  access: patchAccess,
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      expectedSessionId: Type.Optional(Type.String({ minLength: 1 })),
      expectedLifecycleRevision: Type.Optional(Type.String({ minLength: 1 })),
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
      expectedSandboxMode: Type.Optional(Type.Union([Type.Literal("off"), Type.Null()])),
      expectedNativeRuntimeConsent: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
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
      expectedMarkedUnreadAt: Type.Optional(Type.Union([Type.Number({ minimum: 0 }), Type.Null()])),
      label: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Null()])),
      autoLabel: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Null()])),
      icon: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      color: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      category: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Null()])),
      boardFace: Type.Optional(Type.Union([Type.Literal("chat"), Type.Literal("dashboard")])),
      boardPresentation: Type.Optional(
        Type.Union([Type.Literal("split"), Type.Literal("expanded"), Type.Null()]),
      ),
      statusNote: Type.Optional(Type.Union([Type.String({ maxLength: 120 }), Type.Null()])),
      attention: Type.Optional(
        Type.Union([
          Type.Unsafe<"hand" | "key" | "alert" | "flag" | "lock" | "hourglass">({
            type: "string",
            enum: ["hand", "key", "alert", "flag", "lock", "hourglass"],
          }),
          Type.Null(),
        ]),
      ),
      ttlMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
      archived: Type.Optional(Type.Boolean()),
      pinned: Type.Optional(Type.Boolean()),
      unread: Type.Optional(Type.Boolean()),
      contextWindow: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      thinkingLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      fastMode: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("auto"), Type.Null()])),
      toolOverrides: Type.Optional(
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
      verboseLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      traceLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      reasoningLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      responseUsage: Type.Optional(
        Type.Union([
          Type.Literal("off"),
          Type.Literal("tokens"),
          Type.Literal("full"),
          Type.Literal("on"),
          Type.Null(),
        ]),
      ),
      elevatedLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      execHost: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      execSecurity: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      execAsk: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      execNode: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      permissionMode: Type.Optional(
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
      sandboxMode: Type.Optional(Type.Union([Type.Literal("off"), Type.Null()])),
      nativeRuntimeConsent: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      model: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      agentRuntime: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      completionOwnerSessionKey: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
      inheritedToolPolicyVersion: Type.Optional(Type.Union([Type.Literal(1), Type.Null()])),
      inheritedToolAllow: Type.Optional(Type.Union([Type.Array(Type.String({ minLength: 1 })), Type.Null()])),
      inheritedToolDeny: Type.Optional(Type.Union([Type.Array(Type.String({ minLength: 1 })), Type.Null()])),
      sendPolicy: Type.Optional(Type.Union([Type.Literal("allow"), Type.Literal("deny"), Type.Null()])),
      groupActivation: Type.Optional(
        Type.Union([Type.Literal("mention"), Type.Literal("always"), Type.Null()]),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    path: Type.String(),
    key: Type.String(),
    entry: SessionEntry,
    resolved: Json,
  }),
});

export const sessionsPatchMany = contract({
  method: "sessions.patchMany",
  access: (params) => patchAccess(hasMember(params, "patch") ? params.patch : undefined),
  sideEffects: true,
  params: Type.Object(
    {
      targets: Type.Array(
        Type.Object(
          {
            key: Type.String({ minLength: 1 }),
            agentId: Type.Optional(Type.String({ minLength: 1 })),
            expectedSessionId: Type.Optional(Type.String({ minLength: 1 })),
            expectedLifecycleRevision: Type.Optional(Type.String({ minLength: 1 })),
            expectedSandboxMode: Type.Optional(Type.Union([Type.Literal("off"), Type.Null()])),
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
            expectedNativeRuntimeConsent: Type.Optional(
              Type.Union([Type.String({ minLength: 1 }), Type.Null()]),
            ),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 100 },
      ),
      patch: Type.Object(
        {
          label: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Null()])),
          autoLabel: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Null()])),
          icon: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          color: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          category: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Null()])),
          boardFace: Type.Optional(Type.Union([Type.Literal("chat"), Type.Literal("dashboard")])),
          boardPresentation: Type.Optional(
            Type.Union([Type.Literal("split"), Type.Literal("expanded"), Type.Null()]),
          ),
          statusNote: Type.Optional(Type.Union([Type.String({ maxLength: 120 }), Type.Null()])),
          attention: Type.Optional(
            Type.Union([
              Type.Unsafe<"hand" | "key" | "alert" | "flag" | "lock" | "hourglass">({
                type: "string",
                enum: ["hand", "key", "alert", "flag", "lock", "hourglass"],
              }),
              Type.Null(),
            ]),
          ),
          ttlMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
          archived: Type.Optional(Type.Boolean()),
          pinned: Type.Optional(Type.Boolean()),
          unread: Type.Optional(Type.Boolean()),
          contextWindow: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          thinkingLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          fastMode: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("auto"), Type.Null()])),
          toolOverrides: Type.Optional(
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
                      patternProperties: {
                        "^.*$": { type: "array", items: { type: "string", minLength: 1 } },
                      },
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
          verboseLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          traceLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          reasoningLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          responseUsage: Type.Optional(
            Type.Union([
              Type.Literal("off"),
              Type.Literal("tokens"),
              Type.Literal("full"),
              Type.Literal("on"),
              Type.Null(),
            ]),
          ),
          elevatedLevel: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          execHost: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          execSecurity: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          execAsk: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          execNode: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          permissionMode: Type.Optional(
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
          sandboxMode: Type.Optional(Type.Union([Type.Literal("off"), Type.Null()])),
          nativeRuntimeConsent: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          model: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          agentRuntime: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          completionOwnerSessionKey: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
          inheritedToolPolicyVersion: Type.Optional(Type.Union([Type.Literal(1), Type.Null()])),
          inheritedToolAllow: Type.Optional(
            Type.Union([Type.Array(Type.String({ minLength: 1 })), Type.Null()]),
          ),
          inheritedToolDeny: Type.Optional(
            Type.Union([Type.Array(Type.String({ minLength: 1 })), Type.Null()]),
          ),
          sendPolicy: Type.Optional(Type.Union([Type.Literal("allow"), Type.Literal("deny"), Type.Null()])),
          groupActivation: Type.Optional(
            Type.Union([Type.Literal("mention"), Type.Literal("always"), Type.Null()]),
          ),
        },
        { minProperties: 1, additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    outcomes: Type.Array(Type.Object({ ok: Type.Boolean(), key: Type.String(), error: Type.Optional(Json) })),
  }),
});
