/**
 * The payload of `sessions.changed` and `session.message`: the row of the session, and beside it the same facts once
 * more at the top, where older clients look for them. There `null` says that a fact is gone, see [SE20].
 */
const ALWAYS = [
  ["updatedAt", undefined],
  ["sessionId", undefined],
  ["createdActor", null],
  ["owner", null],
  ["participants", []],
  ["participantCount", 0],
  ["kind", undefined],
  ["visibility", undefined],
  ["chatType", undefined],
  ["channel", undefined],
  ["archived", undefined],
  ["archivedAt", null],
  ["archivedBy", null],
  ["archiveReason", null],
  ["pinned", undefined],
  ["pinnedAt", null],
  ["unread", undefined],
  ["markedUnreadAt", null],
  ["agentStatus", null],
  ["observerDigest", null],
  ["activitySummary", undefined],
  ["controlOwnerSessionKey", null],
  ["swarm", null],
  ["permissionMode", null],
  ["permissionModePending", undefined],
  ["spawnDepth", undefined],
  ["createdVia", undefined],
  ["createdAt", undefined],
  ["label", null],
  ["autoLabel", null],
  ["icon", null],
  ["color", null],
  ["channelAvatarUrl", null],
  ["category", null],
  ["boardPresentation", null],
  ["displayName", null],
  ["parentSessionKey", undefined],
  ["childSessions", undefined],
  ["forkedFromParent", undefined],
  ["forkSource", undefined],
  ["thinkingLevel", null],
  ["fastMode", undefined],
  ["verboseLevel", undefined],
  ["traceLevel", undefined],
  ["reasoningLevel", undefined],
  ["elevatedLevel", undefined],
  ["sendPolicy", undefined],
  ["responseUsage", undefined],
  ["effectiveFastMode", undefined],
  ["effectiveFastModeSource", undefined],
  ["fastAutoOnSeconds", undefined],
  ["toolOverrides", null],
  ["systemSent", undefined],
  ["abortedLastRun", undefined],
  ["restartRecoveryStatus", null],
  ["inputTokens", undefined],
  ["outputTokens", undefined],
  ["totalTokens", undefined],
  ["totalTokensFresh", undefined],
  ["goal", null],
  ["contextTokens", undefined],
  ["contextBudgetStatus", null],
  ["estimatedCostUsd", undefined],
  ["effectiveResponseUsage", undefined],
  ["status", undefined],
  ["lastRunError", null],
  ["providerReview", null],
  ["lastRunId", null],
  ["hasAutomation", false],
  ["hasActiveRun", undefined],
  ["activeRunIds", null],
  ["startedAt", undefined],
  ["endedAt", null],
  ["runtimeMs", null],
] as const;

const MODEL = [
  ["modelProvider", undefined],
  ["model", undefined],
  ["activeModelProvider", null],
  ["activeModel", null],
  ["modelOverrideSource", null],
  ["agentRuntime", undefined],
  ["runtimeSelectionLocked", undefined],
] as const;

const PLACEMENT = [
  ["placement", null],
  ["placementMove", null],
] as const;

export interface Notice {
  readonly reason?: string;
  readonly phase?: string;
  readonly runId?: string;
  /** The time in the notice, where it is not now. */
  readonly ts?: number;
  /** Members that only this notice has. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

type Row = Readonly<Record<string, unknown>>;

function receipt(row: Row, members: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [member, absent] of members) {
    const value = row[member] ?? absent;
    if (value !== undefined) out[member] = value;
  }
  return out;
}

/** The facts of a row at the top of an event. A run's begin and end say nothing of the model. */
export function receiptOf(
  row: Row,
  notice: Notice,
  ancestors: readonly Row[] | undefined,
): Record<string, unknown> {
  const isLifecycle = notice.phase === "start" || notice.phase === "end" || notice.phase === "error";
  const isPlaced = notice.reason !== undefined && notice.reason !== "participants";
  const facts = receipt(row, ALWAYS);
  if (notice.phase === "model") delete facts["updatedAt"];
  return {
    ...facts,
    ...(isLifecycle ? {} : receipt(row, MODEL)),
    ...(isPlaced ? receipt(row, PLACEMENT) : {}),
    ...(ancestors === undefined ? {} : { ancestorSessions: ancestors }),
    sharingRole: row["sharingRole"],
  };
}

/** The whole payload of `sessions.changed` for one session. */
export function changedPayload(
  key: string,
  agentId: string,
  row: Row,
  notice: Notice,
  at: number,
  ancestors: readonly Row[] | undefined,
): Record<string, unknown> {
  return {
    sessionKey: key,
    agentId,
    ...(notice.reason === undefined ? {} : { reason: notice.reason }),
    ...(notice.phase === undefined ? {} : { phase: notice.phase }),
    ...(notice.runId === undefined || notice.phase === undefined ? {} : { runId: notice.runId }),
    ...notice.extra,
    ts: notice.ts ?? at,
    session: row,
    ...receiptOf(row, notice, ancestors),
  };
}
