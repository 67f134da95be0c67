import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Suggestion = Type.Object({
  id: Type.String(),
  title: Type.String(),
  prompt: Type.String(),
  tldr: Type.String(),
  cwd: Type.String(),
  sessionKey: Type.String(),
  agentId: Type.String(),
  createdAt: Type.Integer(),
});

export const taskSuggestionsList = contract({
  method: "taskSuggestions.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ suggestions: Type.Array(Suggestion) }),
});

export const taskSuggestionsCreate = contract({
  method: "taskSuggestions.create",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      title: Type.String({ minLength: 1, maxLength: 60, pattern: "\\S" }),
      prompt: Type.String({ minLength: 1, maxLength: 32768, pattern: "\\S" }),
      tldr: Type.String({ minLength: 1, maxLength: 1024, pattern: "\\S" }),
      cwd: Type.String({ minLength: 1, maxLength: 4096 }),
      sessionKey: Type.String({ minLength: 1, maxLength: 512 }),
      agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ taskId: Type.String(), suggestion: Suggestion }),
});

export const taskSuggestionsAccept = contract({
  method: "taskSuggestions.accept",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      taskId: Type.String({ minLength: 1, maxLength: 128 }),
      mode: Type.Optional(
        Type.Unsafe<"worktree" | "local" | "cloud" | "session">({
          enum: ["worktree", "local", "cloud", "session"],
          type: "string",
        }),
      ),
      cloudProfileId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      cwd: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ taskId: Type.String(), key: Type.String() }),
});

export const taskSuggestionsDismiss = contract({
  method: "taskSuggestions.dismiss",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      taskId: Type.String({ minLength: 1, maxLength: 128 }),
      reason: Type.Optional(Type.String({ maxLength: 1024 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ taskId: Type.String(), dismissed: Type.Boolean() }),
});
