import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Worktree } from "../worktrees/index.ts";
import type { SessionContext } from "./context.ts";
import type { Entry } from "./entry.ts";
import { dashboardKey, isIncognitoKey, MAIN, restOfKey, transcriptIdOf } from "./keys.ts";
import { checkModel, checkThinkingLevel } from "./patch.ts";

/** The params of `sessions.create`, as far as they shape the session. */
export interface CreateInput {
  readonly createdActor?: NonNullable<Entry["createdActor"]>;
  readonly key?: string;
  readonly agentId?: string;
  readonly label?: string;
  readonly displayName?: string;
  readonly category?: string;
  readonly model?: string;
  readonly thinkingLevel?: string;
  readonly fastMode?: boolean | "auto";
  readonly permissionMode?: string;
  readonly toolOverrides?: Readonly<Record<string, unknown>>;
  readonly visibility?: string;
  readonly parentSessionKey?: string;
  readonly spawnDepth?: number;
  readonly fork?: boolean;
  readonly succeedsParent?: boolean;
  readonly catalogId?: string;
  readonly projectId?: string;
  readonly contextWindow?: string;
  readonly agentRuntime?: string;
  readonly execNode?: string;
  readonly cwd?: string;
  readonly incognito?: boolean;
  readonly worktree?: boolean;
  readonly repository?: unknown;
  readonly emitCommandHooks?: boolean;
  readonly ownWorktree?: Worktree;
}

/** Entries of sessions that are about to be. Nothing is saved here. */
export interface Birth {
  /** The key of a session that nobody named. */
  keyFor(agentId: string, isIncognito: boolean): string;
  /** What the input chooses for a session, new or not; refuses what cannot be had. */
  choices(input: CreateInput, agentId: string): Partial<Entry>;
  makeNew(key: string, agentId: string, input: CreateInput): Entry;
  mustBePossible(input: CreateInput, agentId: string): void;
}

export function createBirth(context: SessionContext): Birth {
  const { agents, ids, models, roster } = context.parts;

  const mustBePossible = (input: CreateInput, agentId: string): void => {
    for (const member of ["fork", "succeedsParent", "spawnDepth"] as const) {
      if (input[member] !== undefined && input[member] !== false && input.parentSessionKey === undefined) {
        throw invalidRequest(`${member} requires parentSessionKey`);
      }
    }
    if (input.succeedsParent === true && input.emitCommandHooks !== true) {
      throw invalidRequest("succeedsParent requires emitCommandHooks");
    }
    if (input.projectId !== undefined) throw invalidRequest(`unknown project id: ${input.projectId}`);
    if (input.catalogId !== undefined && input.key !== undefined) {
      throw invalidRequest("sessions.create catalogId cannot include key");
    }
    if (input.catalogId !== undefined) throw invalidRequest(`unknown session catalog: ${input.catalogId}`);
    if (input.agentRuntime !== undefined && input.model === undefined) {
      throw invalidRequest("agentRuntime requires an explicit canonical provider/model selection");
    }
    if (input.contextWindow !== undefined) {
      const { modelProvider, model } = models.of(agentId);
      throw invalidRequest(
        `contextWindow "${input.contextWindow}" is not supported for ${modelProvider}/${model}`,
      );
    }
  };
  const keyFor = (agentId: string, isIncognito: boolean) => dashboardKey(agentId, ids.uuid(), isIncognito);

  const parentOf = (
    input: CreateInput,
    key: string,
    agentId: string,
  ): Pick<Entry, "parentSessionKey" | "parentSessionId"> => {
    if (input.parentSessionKey === undefined) {
      return restOfKey(key) === MAIN || isIncognitoKey(key)
        ? {}
        : { parentSessionKey: `agent:${agentId}:${MAIN}` };
    }
    const parentKey = context.canonical(input.parentSessionKey, agentId);
    const parent = roster.get(parentKey);
    if (parent === undefined) throw invalidRequest(`unknown parent session: ${parentKey}`);
    return { parentSessionKey: parentKey, parentSessionId: parent.sessionId };
  };

  const choices = (input: CreateInput, agentId: string): Partial<Entry> => {
    const model = input.model === undefined ? {} : checkModel(context, input.model, agentId);
    if (input.thinkingLevel !== undefined) checkThinkingLevel(context, input.thinkingLevel, agentId, model);
    return {
      ...model,
      ...(input.displayName === undefined ? {} : { displayName: input.displayName }),
      ...(input.category === undefined ? {} : { category: input.category.trim() }),
      ...(input.thinkingLevel === undefined ? {} : { thinkingLevel: input.thinkingLevel }),
      ...(input.fastMode === undefined ? {} : { fastMode: input.fastMode }),
      ...(input.permissionMode === undefined ? {} : { permissionMode: input.permissionMode }),
      ...(input.toolOverrides === undefined ? {} : { toolOverrides: input.toolOverrides }),
      ...(input.visibility === undefined ? {} : { visibility: input.visibility }),
      ...(input.execNode === undefined ? {} : { execNode: input.execNode }),
    };
  };

  const makeNew = (key: string, agentId: string, input: CreateInput): Entry => {
    const now = context.now();
    const sessionId = ids.uuid();
    const isMain = restOfKey(key) === MAIN;
    return {
      key,
      sessionId,
      agentId,
      lifecycleRevision: ids.uuid(),
      updatedAt: now,
      createdAt: now,
      createdVia: "operator",
      ...(input.createdActor === undefined ? {} : { createdActor: input.createdActor }),
      spawnDepth: input.spawnDepth ?? 0,
      ...(isMain || isIncognitoKey(key) ? {} : { modelOverrideSource: "default" }),
      ...parentOf(input, key, agentId),
      ...choices(input, agentId),
      ...(input.label === undefined ? {} : { label: input.label }),
      transcriptId: transcriptIdOf(key, sessionId),
      extra: {
        ...(input.execNode !== undefined && input.cwd === undefined
          ? {}
          : { sessionRoot: input.cwd ?? agents.get(agentId)?.workspace ?? "" }),
        delivery: { kind: "none" },
        ...(input.createdActor === undefined ? {} : { skillLibrarySelections: [] }),
        ...(isIncognitoKey(key) ? { incognito: true } : {}),
        ...(input.cwd === undefined ? {} : { spawnedCwd: input.cwd }),
        ...worktreeOf(input),
        ...(input.execNode === undefined ? {} : { execHost: "node" }),
        ...(input.agentRuntime === undefined ? {} : { agentRuntimeOverride: input.agentRuntime }),
        ...(input.model === undefined ? {} : { modelOverrideRouteResolution: "resolved" }),
      },
    };
  };

  return { keyFor, choices, makeNew, mustBePossible };
}

/** An incognito session is made by a client for itself: it names no key, belongs under nothing and has no checkout. */
export function mayBeIncognito(input: CreateInput): void {
  if (input.incognito !== true) {
    if (input.key === undefined || !isIncognitoKey(input.key.trim().toLowerCase())) return;
    throw invalidRequest("incognito-shaped session keys require incognito: true");
  }
  if (input.key !== undefined && isIncognitoKey(input.key)) {
    throw invalidRequest("incognito is immutable and requires a new session key");
  }
  if (input.key !== undefined || input.worktree === true || input.repository !== undefined) {
    throw invalidRequest("incognito sessions are web-only");
  }
  if (input.parentSessionKey !== undefined) {
    throw invalidRequest("incognito sessions cannot have durable parents");
  }
}

function worktreeOf({ ownWorktree }: CreateInput): Record<string, unknown> {
  if (ownWorktree === undefined) return {};
  const { id, branch, repoRoot } = ownWorktree;
  return { worktree: { id, branch, repoRoot, canonicalWorkspaceDir: repoRoot } };
}
