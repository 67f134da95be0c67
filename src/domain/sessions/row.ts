import type { SessionRow } from "../../../schemas/shapes/session.ts";
import type { Entry } from "./entry.ts";
import { keyFacts } from "./keys.ts";
import type { ModelSource } from "./model-facts.ts";
import { makerMembers, participantMembers } from "./people.ts";
import { oneLine, shorten } from "./text.ts";

/** Seconds that "auto" keeps fast mode on; the reference's default, shown in every row. */
const FAST_AUTO_ON_SECONDS = 60;
const PREVIEW_CHARACTERS_MAX = 120;

/** How the gateway itself runs an agent's turn; the only runtime there is. */
const AGENT_RUNTIME = {
  id: "openclaw",
  cloudPlacementSupported: true,
  cloudPlacementExecutionMode: "worker-turn",
  devicePlacement: { requiredNodeCommands: [], consumesWorkerSlot: true },
  devicePlacementSupported: true,
  source: "implicit",
} as const;

/** The runtime before one was chosen. */
export const AUTO_RUNTIME = {
  id: "auto",
  cloudPlacementSupported: false,
  devicePlacementSupported: false,
  source: "implicit",
} as const;

export type SharingRole = "admin" | "owner";

/** Which of the optional parts a reader asked for, and who reads. */
export interface RowView {
  readonly sharingRole: SharingRole;
  readonly withTitle?: boolean;
  readonly withLastMessage?: boolean;
  readonly withSummary?: boolean;
  readonly withoutThinking?: boolean;
  /** Lists and events tell the activity, `sessions.describe` does not. */
  readonly activity?: { readonly activeRunIds: readonly string[]; readonly idsKnown: boolean };
}

export interface RowContext {
  readonly now: number;
  readonly defaultAgentId: string;
  readonly models: ModelSource;
  readonly children: readonly string[];
}

export const ACTIVITY_SUMMARY = { state: "unavailable", canEnsure: true } as const;

/** The name that lists show. What a person wrote beats what a model wrote, both beat what follows from the key. */
export function displayNameOf(entry: Entry, fromKey: string | undefined): string | undefined {
  return entry.label ?? entry.displayName ?? entry.autoLabel ?? fromKey;
}

/** Somebody spoke since it was last read, or a reader marked it. What opened the session does not count. */
export function isUnread(entry: Entry): boolean {
  if (entry.markedUnreadAt !== undefined) return true;
  const heardAt = Math.max(entry.lastInteractionAt ?? 0, entry.lastActivityAt ?? 0);
  return heardAt > (entry.lastReadAt ?? entry.createdAt);
}

/** Takes over members that are there. */
function pick(entry: Entry, members: readonly (keyof Entry)[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const member of members) if (entry[member] !== undefined) picked[member] = entry[member];
  return picked;
}

function fastMode(entry: Entry): Record<string, unknown> {
  return {
    ...pick(entry, ["fastMode"]),
    effectiveFastMode: entry.fastMode ?? false,
    effectiveFastModeSource: entry.fastMode === undefined ? "default" : "session",
    fastAutoOnSeconds: FAST_AUTO_ON_SECONDS,
  };
}

/** What a session stays, whoever speaks in it. Others become a chat with the first word. */
const FIRM: ReadonlySet<string> = new Set([
  ...["main", "global", "unknown", "cron", "subagent", "acp"],
  ...["thread", "group", "channel"],
]);

/** One row of `sessions.list`, also the `session` of `sessions.describe` and of events. */
export function projectRow(entry: Entry, context: RowContext, view: RowView): SessionRow {
  const facts = keyFacts(entry.key, context.defaultAgentId);
  const name = displayNameOf(entry, facts.displayName);
  const model = context.models.of(entry.agentId, entry);
  const isDirectChat = entry.chatType === "direct" && !FIRM.has(facts.classification);
  const status = entry.agentStatus;
  const previous = entry.extra?.["previousSessionId"];
  const row = {
    key: entry.key,
    visibility: entry.visibility ?? "shared",
    ...pick(entry, ["sandboxMode", "permissionMode"]),
    permissionModePending: false,
    ...(entry.extra?.["incognito"] === true ? { incognito: true } : {}),
    ...pick(entry, ["execNode", "spawnedBy", "spawnDepth"]),
    ...ownWorktree(entry),
    createdVia: entry.createdVia,
    ...makerMembers(entry),
    ...participantMembers(entry),
    createdAt: entry.createdAt,
    ...(typeof previous === "string" ? { previousSessionId: previous } : {}),
    kind: facts.kind,
    ...pick(entry, ["label", "autoLabel", "icon", "color", "category", "boardFace", "boardPresentation"]),
    classification: isDirectChat ? "direct" : facts.classification,
    agentId: entry.agentId,
    ...(facts.peerKind === undefined ? {} : { peerKind: facts.peerKind }),
    isMain: facts.isMain,
    isBackground: facts.isBackground && !isDirectChat,
    ...(name === undefined ? {} : { displayName: name }),
    ...(view.withTitle && name !== undefined ? { derivedTitle: name } : {}),
    ...(view.withLastMessage && entry.lastMessageText
      ? { lastMessagePreview: shorten(oneLine(entry.lastMessageText), PREVIEW_CHARACTERS_MAX) }
      : {}),
    ...(facts.channel === undefined ? {} : { channel: facts.channel }),
    ...(facts.accountId === undefined ? {} : { accountId: facts.accountId }),
    ...pick(entry, ["chatType"]),
    updatedAt: entry.updatedAt,
    archived: entry.archivedAt !== undefined,
    ...pick(entry, ["archivedAt", "archivedBy", "archiveReason"]),
    ...workedIn(entry),
    pinned: entry.pinnedAt !== undefined,
    ...pick(entry, ["pinnedAt"]),
    unread: isUnread(entry),
    ...pick(entry, ["lastReadAt", "markedUnreadAt", "lastInteractionAt", "lastActivityAt"]),
    ...(status !== undefined && status.expiresAt > context.now ? { agentStatus: status } : {}),
    sessionId: entry.sessionId,
    ...pick(entry, ["systemSent", "abortedLastRun", "thinkingLevel"]),
    ...(view.withoutThinking
      ? {}
      : {
          thinkingLevels: model.thinkingLevels,
          thinkingOptions: model.thinkingLevels.map((level) => level.id),
          thinkingDefault: model.thinkingDefault,
        }),
    ...pick(entry, ["toolOverrides"]),
    ...fastMode(entry),
    ...pick(entry, ["verboseLevel", "traceLevel", "reasoningLevel", "elevatedLevel", "sendPolicy"]),
    ...pick(entry, ["inputTokens", "outputTokens", "totalTokens"]),
    totalTokensFresh: entry.totalTokensFresh ?? false,
    ...pick(entry, ["goal", "estimatedCostUsd"]),
    ...statusOf(entry, view),
    ...pick(entry, ["lastRunError"]),
    ...pick(entry, ["startedAt", "endedAt", "runtimeMs", "lastRunId"]),
    ...(facts.isMain && entry.agentId === context.defaultAgentId ? { hasAutomation: true } : {}),
    ...pick(entry, ["parentSessionKey", "parentSessionId"]),
    ...(context.children.length === 0 ? {} : { childSessions: context.children }),
    ...pick(entry, ["responseUsage"]),
    effectiveResponseUsage: entry.responseUsage ?? "off",
    ...queueModeOf(entry),
    modelProvider: model.modelProvider,
    model: model.model,
    ...pick(entry, ["activeModelProvider", "activeModel"]),
    modelOverrideSource: entry.modelOverrideSource === "user" ? "user" : null,
    runtimeSelectionLocked: false,
    agentRuntime: runtimeOf(entry),
    ...(model.contextTokens === undefined ? {} : { contextTokens: model.contextTokens }),
    ...pick(entry, ["contextBudgetStatus"]),
    snapshotAt: context.now,
    ...pick(entry, ["placement"]),
    ...forkMembers(entry),
    ...(view.withSummary ? { activitySummary: ACTIVITY_SUMMARY } : {}),
    ...activityMembers(view),
    sharingRole: view.sharingRole,
  };
  return row;
}

function runtimeOf({ extra }: Entry) {
  return extra?.["agentRuntimeOverride"] === undefined
    ? AGENT_RUNTIME
    : { ...AGENT_RUNTIME, source: "session-key" };
}

/** What becomes of messages that come during a run, as `/queue` set it. */
function queueModeOf({ extra }: Entry) {
  const mode = extra?.["queueMode"];
  return typeof mode === "string"
    ? { queueMode: mode, effectiveQueueMode: mode }
    : { effectiveQueueMode: "steer" };
}

/** What is shown of a session that is not there: what it would begin with. */
export function projectAbsent(
  key: string,
  context: Pick<RowContext, "now" | "defaultAgentId" | "models"> & { readonly agentId: string },
): Record<string, unknown> {
  const { kind, classification, isMain, isBackground } = keyFacts(key, context.defaultAgentId);
  const { modelProvider, model, contextTokens } = context.models.of(context.agentId);
  return {
    key,
    agentId: context.agentId,
    kind,
    classification,
    isMain,
    isBackground,
    updatedAt: null,
    archived: false,
    pinned: false,
    unread: false,
    permissionModePending: false,
    totalTokensFresh: false,
    effectiveFastMode: false,
    effectiveFastModeSource: "default",
    fastAutoOnSeconds: FAST_AUTO_ON_SECONDS,
    effectiveResponseUsage: "off",
    effectiveQueueMode: "steer",
    modelProvider,
    model,
    modelOverrideSource: null,
    runtimeSelectionLocked: false,
    agentRuntime: AUTO_RUNTIME,
    ...(contextTokens === undefined ? {} : { contextTokens }),
    snapshotAt: context.now,
    hasActiveRun: false,
    activeRunIds: [],
  };
}

/** compat(sessions/patch): only a session that was put away tells where it worked. */
function workedIn(entry: Entry): Record<string, unknown> {
  const root = entry.extra?.["sessionRoot"];
  return entry.archivedAt === undefined || typeof root !== "string" ? {} : { sessionRoot: root };
}

function ownWorktree({ extra }: Entry): Record<string, unknown> {
  if (extra?.["worktree"] === undefined) return {};
  const spawnedCwd = extra["spawnedCwd"];
  return { spawnedCwd, workspaceDir: spawnedCwd, worktree: extra["worktree"] };
}

function forkMembers({ extra }: Entry): Record<string, unknown> {
  if (extra?.["forkedFromParent"] !== true) return {};
  return { forkedFromParent: true, forkSource: extra["forkSource"] };
}

function activityMembers(view: RowView): Record<string, unknown> {
  if (view.activity === undefined) return {};
  const { activeRunIds, idsKnown } = view.activity;
  return { hasActiveRun: activeRunIds.length > 0, ...(idsKnown ? { activeRunIds } : {}) };
}

/** A run that goes on is told with the activity, never without it. */
function statusOf(entry: Entry, view: RowView): Record<string, unknown> {
  const isActive = view.activity !== undefined && view.activity.activeRunIds.length > 0;
  if (isActive) return { status: "running" };
  return entry.status === undefined || entry.status === "running" ? {} : { status: entry.status };
}
