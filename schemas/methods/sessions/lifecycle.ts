import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json, SessionEntry } from "../../shapes/session.ts";
import { hasMember } from "./patch.ts";

/** Members of `sessions.create` that reach beyond the session itself. */
const ADMIN_MEMBERS = ["permissionMode", "toolOverrides", "cwd", "incognito", "execNode"];

export const sessionsCreate = contract({
  method: "sessions.create",
  access: (params) =>
    ADMIN_MEMBERS.some((member) => hasMember(params, member)) ? "operator.admin" : "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.Optional(Type.String({ minLength: 1 })),
      idempotencyKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      label: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      displayName: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
      titleSource: Type.Optional(Type.String({ maxLength: 1000 })),
      category: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      model: Type.Optional(Type.String({ minLength: 1 })),
      agentRuntime: Type.Optional(Type.String({ minLength: 1 })),
      contextWindow: Type.Optional(Type.String({ minLength: 1 })),
      thinkingLevel: Type.Optional(Type.String({ minLength: 1 })),
      fastMode: Type.Optional(Type.Union([Type.Boolean(), Type.Literal("auto")])),
      permissionMode: Type.Optional(
        Type.Union([
          Type.Literal("read-only"),
          Type.Literal("guarded"),
          Type.Literal("workspace"),
          Type.Literal("full"),
        ]),
      ),
      toolOverrides: Type.Optional(
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
      ),
      incognito: Type.Optional(Type.Boolean()),
      visibility: Type.Optional(
        Type.Union([
          Type.Literal("shared"),
          Type.Literal("read-only"),
          Type.Literal("suggest"),
          Type.Literal("draft"),
        ]),
      ),
      catalogId: Type.Optional(Type.String({ minLength: 1 })),
      parentSessionKey: Type.Optional(Type.String({ minLength: 1 })),
      spawnDepth: Type.Optional(Type.Integer({ minimum: 1 })),
      fork: Type.Optional(Type.Boolean()),
      forkFrom: Type.Optional(Type.Literal("last-completed")),
      emitCommandHooks: Type.Optional(Type.Boolean()),
      succeedsParent: Type.Optional(Type.Boolean()),
      timeoutMs: Type.Optional(Type.Integer({ minimum: 0 })),
      task: Type.Optional(Type.String()),
      message: Type.Optional(Type.String()),
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
      projectId: Type.Optional(Type.String({ minLength: 1 })),
      projectGitUrl: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
      repository: Type.Optional(
        Type.Object(
          {
            url: Type.String({ minLength: 1, maxLength: 2048 }),
            ref: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
          },
          { additionalProperties: false },
        ),
      ),
      worktree: Type.Optional(Type.Boolean()),
      worktreeSource: Type.Optional(Type.Literal("empty")),
      worktreeBaseRef: Type.Optional(Type.String({ minLength: 1 })),
      worktreeName: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" })),
      execNode: Type.Optional(Type.String({ minLength: 1 })),
      cwd: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    key: Type.String(),
    sessionId: Type.String(),
    entry: SessionEntry,
    runStarted: Type.Boolean(),
    runId: Type.Optional(Type.String()),
    status: Type.Optional(Type.String()),
    resolved: Json,
  }),
});

export const sessionsReset = contract({
  method: "sessions.reset",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      reason: Type.Optional(Type.Union([Type.Literal("new"), Type.Literal("reset")])),
      expectedSessionId: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), key: Type.String(), entry: SessionEntry, resolved: Json }),
});

/** Who may write may throw away what is archived already: the command line archives first. */
function deleteAccess(params: unknown) {
  const isArchived =
    typeof params === "object" && params !== null && Reflect.get(params, "archivedOnly") === true;
  return isArchived ? "operator.write" : "operator.admin";
}

export const sessionsDelete = contract({
  method: "sessions.delete",
  access: deleteAccess,
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      deleteTranscript: Type.Optional(Type.Boolean()),
      expectedSessionId: Type.Optional(Type.String({ minLength: 1 })),
      expectedLifecycleRevision: Type.Optional(Type.String({ minLength: 1 })),
      expectedSessionUpdatedAt: Type.Optional(Type.Number({ minimum: 0 })),
      emitLifecycleHooks: Type.Optional(Type.Boolean()),
      archivedOnly: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    key: Type.String(),
    deleted: Type.Boolean(),
    archived: Type.Array(Type.String()),
  }),
});

export const sessionsCompact = contract({
  method: "sessions.compact",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      key: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      maxLines: Type.Optional(Type.Integer({ minimum: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Boolean(),
    key: Type.String(),
    compacted: Type.Boolean(),
    reason: Type.Optional(Type.String()),
    kept: Type.Optional(Type.Number()),
    result: Type.Optional(Json),
  }),
});

export const sessionsCleanup = contract({
  method: "sessions.cleanup",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agent: Type.Optional(Type.String({ minLength: 1 })),
      allAgents: Type.Optional(Type.Boolean()),
      enforce: Type.Optional(Type.Boolean()),
      activeKey: Type.Optional(Type.String({ minLength: 1 })),
      fixMissing: Type.Optional(Type.Boolean()),
      fixDmScope: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Json,
});
