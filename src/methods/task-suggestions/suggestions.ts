import { lstat } from "node:fs/promises";
import path from "node:path";
import {
  taskSuggestionsAccept,
  taskSuggestionsCreate,
  taskSuggestionsDismiss,
  taskSuggestionsList,
} from "../../../schemas/methods/task-suggestions/suggestions.ts";
import type { Suggestion } from "../../domain/suggestions/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Caller, type Method, method } from "../method.ts";
import { mustBelong } from "../target.ts";

export default [
  method(taskSuggestionsList, ({ params, deps }) => {
    mustBelong(deps.sessions, params);
    return { suggestions: [...deps.suggestions.list(params)] };
  }),
  method(taskSuggestionsCreate, ({ params, deps }) => {
    mustBelong(deps.sessions, params);
    const suggestion = deps.suggestions.create(params);
    return { taskId: suggestion.id, suggestion };
  }),
  method(taskSuggestionsDismiss, ({ params, deps }) => ({
    taskId: params.taskId,
    dismissed: deps.suggestions.dismiss(params.taskId),
  })),
  method(taskSuggestionsAccept, async ({ params, caller, deps }) => {
    const { taskId, mode = "worktree" } = params;
    // There are no cloud workers on this gateway, so no profile of one either.
    if (mode === "cloud") throw invalidRequest("no cloud worker profiles configured");
    if (params.cwd !== undefined && (mode !== "worktree" || !path.isAbsolute(params.cwd))) {
      throw invalidRequest(
        "task suggestion cwd correction requires worktree mode and an absolute repository path",
      );
    }
    const key = await deps.suggestions.accept(taskId, async (suggestion) => {
      if (mode === "worktree") throw worktreeNeeded(params.cwd ?? suggestion.cwd);
      const session = mode === "session" ? suggestion.sessionKey : await newSession(deps, suggestion);
      await begin(deps, caller, session, suggestion);
      return session;
    });
    return { taskId, key };
  }),
] satisfies Method[];

/** Worktrees are not made here, so no folder is one that a worktree could be made of. */
function worktreeNeeded(cwd: string) {
  return invalidRequest(
    "Choose a repository with a commit to start this task in a new worktree. The task has not started.",
    { details: { code: "TASK_WORKTREE_SOURCE_REQUIRED", cwd } },
  );
}

async function newSession(deps: Deps, { cwd, agentId, sessionKey }: Suggestion): Promise<string> {
  await lstat(cwd).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw invalidRequest(`sessions.create cwd is unavailable: ${why}`);
  });
  const parent = deps.sessions.keyFor(sessionKey, agentId);
  const isThere = (await deps.sessions.get(parent)) !== undefined;
  const { key } = await deps.sessions.lifecycle.create({
    agentId,
    cwd,
    ...(isThere ? { parentSessionKey: parent } : {}),
  });
  return key;
}

async function begin(
  deps: Deps,
  caller: Caller,
  key: string,
  { agentId, prompt }: Suggestion,
): Promise<void> {
  await deps.runs.start({
    runId: deps.ids.uuid(),
    kind: "chat",
    sessionKey: key,
    agentId,
    message: prompt,
    acceptedAt: deps.clock.now(),
    client: { id: caller.client.id, mode: caller.client.mode },
  });
}
