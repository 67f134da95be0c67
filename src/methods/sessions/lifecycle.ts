import { isDeepStrictEqual } from "node:util";
import type { ParamsOf } from "../../../schemas/contract.ts";
import {
  sessionsCleanup,
  sessionsCompact,
  sessionsCreate,
  sessionsDelete,
  sessionsReset,
} from "../../../schemas/methods/sessions/lifecycle.ts";
import { once } from "../../domain/idempotency/index.ts";
import {
  dashboardKey,
  type Entry,
  madeBy,
  prepareWorkplace,
  type Workplace,
} from "../../domain/sessions/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Call, type Caller, type Method, method } from "../method.ts";
import { startRun } from "./runs.ts";

export default [
  method(sessionsCreate, (call) => {
    const { params, caller } = call;
    if (params.idempotencyKey === undefined) return create(call);
    if (caller.deviceId === undefined) {
      throw invalidRequest(
        "idempotent session creation requires an authenticated principal or device identity",
      );
    }
    return createOnce(call, `sessions.create ${caller.deviceId}`, params.idempotencyKey);
  }),
  method(sessionsReset, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    const expected =
      params.expectedSessionId === undefined
        ? undefined
        : { asked: params.key, sessionId: params.expectedSessionId };
    await deps.runs.abort(key);
    return await deps.sessions.lifecycle.reset(key, params.reason ?? "reset", expected);
  }),
  method(sessionsDelete, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    // An archived session has no runs, and who may not administer must not stop those of another.
    if (params.archivedOnly !== true) await deps.runs.abort(key);
    const own = worktreeIdOf(await deps.sessions.get(key));
    const deleted = await deps.sessions.lifecycle.delete(key, {
      ...(params.expectedSessionId === undefined ? {} : { sessionId: params.expectedSessionId }),
      ...(params.expectedLifecycleRevision === undefined
        ? {}
        : { lifecycleRevision: params.expectedLifecycleRevision }),
      ...(params.expectedSessionUpdatedAt === undefined
        ? {}
        : { updatedAt: params.expectedSessionUpdatedAt }),
      archivedOnly: params.archivedOnly ?? false,
      keepsTranscript: params.deleteTranscript === false,
    });
    // What was in it is kept in the repository; it may be gone already.
    if (own !== undefined) await deps.worktrees.remove(own).catch(ignoreRefusal);
    return deleted;
  }),
  method(sessionsCompact, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    if (deps.runs.activeRunIds(key).length > 0) {
      throw invalidRequest(`Session ${key} has an active run; retry after it finishes.`);
    }
    if (params.maxLines !== undefined) {
      return await deps.sessions.lifecycle.keepLast(key, params.maxLines);
    }
    return { key, ...(await deps.runs.compact(key)) };
  }),
  method(sessionsCleanup, async ({ params, deps }) => {
    if (params.agent !== undefined && params.allAgents === true) {
      throw invalidRequest("--agent and --all-agents cannot be used together");
    }
    const agentId = params.agent ?? deps.agents.defaultId;
    if (deps.agents.get(agentId) === undefined) {
      throw invalidRequest(
        `Unknown agent id "${agentId}". Run openclaw agents list to see configured agents.`,
      );
    }
    return deps.sessions.lifecycle.cleanup(agentId, {
      fixMissing: params.fixMissing ?? false,
    });
  }),
] satisfies Method[];

/** A repeat is the same request or a mistake of the client. */
async function createOnce(call: Call<ParamsOf<typeof sessionsCreate>>, name: string, idempotencyKey: string) {
  const { params, answer } = await once(call.deps.idempotency, name, idempotencyKey, async () => ({
    params: call.params,
    answer: await create(call),
  }));
  if (isDeepStrictEqual(params, call.params)) return answer;
  throw invalidRequest("session creation idempotency key was reused with different parameters");
}

async function create({ params: asked, caller, deps }: Call<ParamsOf<typeof sessionsCreate>>) {
  const params = withoutBlankKey(asked);
  const { cwd: _cwd, ...rest } = params;
  const workplace: Workplace = params.incognito === true ? {} : await workplaceOf(deps, params);
  const incognitoCwd = params.incognito === true && params.cwd !== undefined ? { cwd: params.cwd } : {};
  const maker = madeBy((await deps.owner.of(caller))?.id);
  // compat(sessions/create-list): a session that begins with a message is told of as one that was sent to.
  const notice = hasFirstTurn(params) ? null : { reason: "create" };
  const input = { ...rest, ...incognitoCwd, ...workplace, ...maker };
  const entry = await deps.sessions.lifecycle.create(input, notice);
  if (params.titleSource !== undefined) deps.titles.give(entry.key, params.titleSource);
  const started = hasFirstTurn(params) ? await firstTurn(deps, caller, entry.key, params) : {};
  const { ownWorktree } = workplace;
  return {
    ...deps.sessions.lifecycle.created(entry),
    ...started,
    ...(ownWorktree === undefined
      ? {}
      : { worktree: { id: ownWorktree.id, path: ownWorktree.path, branch: ownWorktree.branch } }),
  };
}

/** Where the session is to work. One with a worktree has its key before: the worktree names it. */
async function workplaceOf(
  deps: Deps,
  params: ParamsOf<typeof sessionsCreate>,
): Promise<Workplace & { readonly key?: string }> {
  const given = params.key === undefined ? undefined : deps.sessions.canonicalKey(params.key, params.agentId);
  const agentId =
    given === undefined ? (params.agentId ?? deps.agents.defaultId) : deps.sessions.agentOf(given);
  const key = given ?? (params.worktree === true ? dashboardKey(agentId, deps.ids.uuid(), false) : undefined);
  const workspace = deps.agents.get(agentId)?.workspace ?? "";
  const workplace = await prepareWorkplace(params, { worktrees: deps.worktrees, workspace, key });
  return { ...workplace, ...(params.worktree === true && key !== undefined ? { key } : {}) };
}

function worktreeIdOf(entry: Entry | undefined): string | undefined {
  const id: unknown = Reflect.get(Object(entry?.extra?.["worktree"]), "id");
  return typeof id === "string" ? id : undefined;
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ProtocolError)) throw error;
}

type FirstTurn = Pick<ParamsOf<typeof sessionsCreate>, "message" | "task" | "attachments">;

function hasFirstTurn({ message, task, attachments }: FirstTurn): boolean {
  return (message ?? task ?? "").trim() !== "" || attachments !== undefined;
}

/** A message given with the session is its first turn. */
async function firstTurn(deps: Deps, caller: Caller, key: string, params: FirstTurn) {
  const runId = deps.ids.uuid();
  const message = params.message ?? params.task ?? "";
  const attachments = params.attachments === undefined ? {} : { attachments: params.attachments };
  const started = await startRun(deps, caller, { key, runId, message, ...attachments });
  await deps.sessions.update(key, () => ({}), { reason: "send" });
  return { runStarted: true, ...started };
}

/** A key of nothing but blanks names no session. */
function withoutBlankKey<Params extends { readonly key?: string }>(params: Params): Params {
  if (params.key?.trim() !== "") return params;
  const { key: _blank, ...rest } = params;
  // Only an optional member is gone.
  return rest as Params;
}
