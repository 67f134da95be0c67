import type { Json, SessionEntry } from "../../../schemas/shapes/session.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";
import { applyChange, type Entry, type EntryChange, toWireEntry } from "./entry.ts";
import type { Groups } from "./groups.ts";
import { agentOfKey, isIncognitoKey, MAIN, restOfKey, transcriptIdOf } from "./keys.ts";
import { storePath } from "./paths.ts";

/** A patch as the client sent it: checked against the contract, `null` clears. */
export type Patch = Readonly<Record<string, unknown>>;

export interface Expectation {
  readonly expectedSessionId?: string;
  readonly expectedLifecycleRevision?: string;
  readonly expectedPermissionMode?: string | null;
  readonly expectedSandboxMode?: string | null;
}

export interface Patched {
  ok: true;
  path: string;
  key: string;
  entry: SessionEntry;
  resolved: Json;
}

export interface Patches {
  /** The answer of `sessions.patch`. `asked` is the key as the client wrote it, for the texts of refusals. */
  apply(asked: string, agentId: string | undefined, patch: Patch & Expectation): Promise<Patched>;
}

const STATUS_MINUTES_DEFAULT = 30;
const MINUTE_MS = 60_000;
const COLORS = ["red", "blue", "green", "yellow", "purple", "orange", "pink", "cyan"];

const ICONS = ["braces", "book", "monitor", "bot", "kanban", "coins"];
const ICON_BYTES_MAX = 16 * 1024;

/** Members that hold what they are set to, and nothing else follows from. */
const PLAIN = [
  ...([
    "autoLabel",
    "icon",
    "category",
    "boardFace",
    "boardPresentation",
    "fastMode",
    "toolOverrides",
  ] as const),
  ...(["permissionMode", "sandboxMode", "sendPolicy", "execNode"] as const),
];
/** The same, for members that only the wire entry has. */
const PLAIN_EXTRA = [
  ...["execHost", "groupActivation", "nativeRuntimeConsent", "completionOwnerSessionKey"],
  ...["inheritedToolPolicyVersion", "inheritedToolAllow", "inheritedToolDeny"],
];

/** Words a level may be. The contract takes any text, so that each says itself what it takes. */
const LEVELS = {
  verboseLevel: ["on", "off", "full"],
  traceLevel: ["on", "off", "raw"],
  reasoningLevel: ["on", "off", "stream"],
  elevatedLevel: ["on", "off", "ask", "full"],
} as const;
const EXEC_HOSTS = ["auto", "sandbox", "gateway", "node"];

const quoted = (words: readonly string[]) => words.map((word) => `"${word}"`).join("|");

/** A label names one session of the gateway. */
export function uniqueLabel(context: SessionContext, label: string, key: string): string {
  const trimmed = label.trim();
  if (trimmed === "") throw invalidRequest("invalid label: empty");
  const other = context.parts.roster.find((entry) => entry.label === trimmed && entry.key !== key);
  if (other !== undefined) throw invalidRequest(`label already in use: ${trimmed}`);
  return trimmed;
}

/** The entry members for a model that a client chose, by `provider/id` or by id alone. */
export function checkModel(context: SessionContext, reference: string, agentId: string) {
  const { models } = context.parts;
  const asked = models.expand(reference, agentId);
  const provider = asked.provider.toLowerCase();
  const { id } = asked;
  if (!models.hasProvider(provider)) {
    throw invalidRequest(`Unknown provider "${asked.provider}". Use /models to list providers.`);
  }
  return { providerOverride: provider, modelOverride: id, modelOverrideSource: "user" } as const;
}

export function checkThinkingLevel(
  context: SessionContext,
  level: string,
  agentId: string,
  choice: Pick<Entry, "providerOverride" | "modelOverride">,
): string {
  const facts = context.parts.models.of(agentId, choice);
  const allowed = facts.thinkingLevels.map((one) => one.id);
  const wanted = level.trim().toLowerCase();
  if (allowed.includes(wanted)) return wanted;
  const known = ["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max"];
  if (!known.includes(wanted)) throw invalidRequest(`invalid thinkingLevel (use ${allowed.join("|")})`);
  const model = `${facts.modelProvider}/${facts.model}`;
  throw invalidRequest(`thinkingLevel "${wanted}" is not supported for ${model} (use ${allowed.join("|")})`);
}

export function createPatches(context: SessionContext, groups: Groups): Patches {
  const { agents, ids, models, roster } = context.parts;

  const blank = (key: string): Entry => {
    const now = context.now();
    const sessionId = ids.uuid();
    return {
      key,
      sessionId,
      agentId: agentOfKey(key) ?? agents.defaultId,
      lifecycleRevision: ids.uuid(),
      updatedAt: now,
      createdVia: "operator",
      createdAt: now,
      transcriptId: transcriptIdOf(key, sessionId),
    };
  };

  return {
    async apply(asked, agentId, patch) {
      const key = context.keyFor(asked, agentId);
      await context.ready();
      const before = roster.get(key);
      mustBeAsExpected(asked, before, patch);
      mayArchive(key, patch);
      mayBeGiven(key, patch);
      const entry = before === undefined ? blank(key) : withDelivery(before);
      mayConsent(entry, patch);
      const change: EntryChange = {
        ...plainChange(entry, patch),
        ...labelChange(context, key, patch),
        ...stateChange(context.now(), entry, patch),
        ...levelChange(patch),
        ...modelChange(context, entry, patch),
      };
      const withRoute =
        "model" in patch ? { extra: routeExtra({ ...change.extra }, patch["model"] !== null) } : {};
      const changed = await context.save(
        applyChange(entry, { ...change, ...withRoute, updatedAt: context.now() }),
      );
      if (changed.category !== undefined && changed.category !== before?.category) {
        await groups.adopt(changed.category);
      }
      const isCatalogChanged = "model" in patch || "agentRuntime" in patch;
      context.announce(changed, {
        reason: "patch",
        ...(isCatalogChanged ? { extra: { catalogChanged: true } } : {}),
      });
      const path = storePath(context.parts.stateDir, changed.agentId, isIncognitoKey(key));
      return { ok: true, path, key, entry: toWireEntry(changed), resolved: resolved(changed, patch) };
    },
  };

  function resolved(entry: Entry, patch: Patch): Json {
    const facts = models.of(entry.agentId, entry);
    const tellsThinking = (patch["model"] ?? patch["thinkingLevel"] ?? null) !== null;
    return {
      modelProvider: facts.modelProvider,
      model: facts.model,
      agentRuntime: { id: "openclaw", source: "implicit" },
      runtimeSelectionLocked: false,
      ...(tellsThinking
        ? {
            thinkingLevel: entry.thinkingLevel ?? facts.thinkingDefault,
            thinkingLevels: facts.thinkingLevels,
          }
        : {}),
    };
  }

  function mayArchive(key: string, patch: Patch & Expectation): void {
    if (patch["archived"] === undefined) return;
    if (patch["archived"] === true && restOfKey(key) === MAIN) {
      throw invalidRequest("Cannot archive an agent's main session.");
    }
    if (patch.expectedSessionId === undefined || roster.get(key) === undefined) {
      throw invalidRequest(`expectedSessionId required for session lifecycle patch: ${key}`);
    }
  }
}

/** compat(sessions/patch): an entry that was made by a patch says with the next one that it delivers nowhere. */
function withDelivery(entry: Entry): Entry {
  if (entry.extra?.["delivery"] !== undefined) return entry;
  return { ...entry, extra: { ...entry.extra, delivery: { kind: "none" } } };
}

/** What the wire entry says of a model that was chosen by hand. */
function routeExtra(extra: Record<string, unknown>, isChosen: boolean): Record<string, unknown> {
  const { modelOverrideRouteResolution: _, liveModelSwitchPending: __, ...rest } = extra;
  return isChosen
    ? { ...rest, modelOverrideRouteResolution: "resolved", liveModelSwitchPending: true }
    : rest;
}

function mustBeAsExpected(asked: string, entry: Entry | undefined, expected: Expectation): void {
  const { expectedSessionId, expectedLifecycleRevision, expectedPermissionMode, expectedSandboxMode } =
    expected;
  const isOther =
    (expectedSessionId !== undefined && expectedSessionId !== entry?.sessionId) ||
    (expectedLifecycleRevision !== undefined && expectedLifecycleRevision !== entry?.lifecycleRevision) ||
    (expectedPermissionMode !== undefined && expectedPermissionMode !== (entry?.permissionMode ?? null)) ||
    (expectedSandboxMode !== undefined && expectedSandboxMode !== (entry?.sandboxMode ?? null));
  if (!isOther) return;
  throw invalidRequest(`Session ${asked} changed before patch. Retry.`, {
    details: { reason: "session-changed" },
  });
}

/** What only sessions that others started can be given. */
const OF_SPAWNED = [
  ...["completionOwnerSessionKey", "inheritedToolPolicyVersion"],
  ...["inheritedToolAllow", "inheritedToolDeny"],
];

function mayBeGiven(key: string, patch: Patch): void {
  if (["subagent", "acp"].includes(restOfKey(key).split(":", 1)[0] ?? "")) return;
  for (const member of OF_SPAWNED) {
    if ((patch[member] ?? null) === null) continue;
    throw invalidRequest(`${member} is only supported for subagent:* or acp:* sessions`);
  }
}

/** Consent to a runtime of the machine's own is for settings that hold nothing back, and for no others. */
function mayConsent(entry: Entry, patch: Patch & Expectation): void {
  if (typeof patch["nativeRuntimeConsent"] !== "string") return;
  const isOpen = entry.permissionMode === "full" && entry.sandboxMode === "off";
  if (isOpen && patch.expectedSessionId !== undefined) return;
  throw invalidRequest(
    "Native runtime consent requires the current session and execution settings, Full access, and sandbox off.",
  );
}

function plainChange(entry: Entry, patch: Patch): EntryChange {
  const change: Record<string, unknown> = {};
  for (const member of PLAIN) if (member in patch) change[member] = patch[member] ?? undefined;
  if (typeof change["category"] === "string") change["category"] = change["category"].trim();
  if (typeof change["icon"] === "string") change["icon"] = storedIcon(change["icon"]);
  const extra: Record<string, unknown> = { ...entry.extra };
  for (const member of PLAIN_EXTRA) {
    if (!(member in patch)) continue;
    if (patch[member] === null) delete extra[member];
    else extra[member] = patch[member];
  }
  return { ...change, extra };
}

function labelChange(context: SessionContext, key: string, patch: Patch): EntryChange {
  const { label, color, icon } = patch;
  if (typeof color === "string" && !COLORS.includes(color)) {
    throw invalidRequest(`color must be one of: ${COLORS.join(", ")}`);
  }
  if (typeof icon === "string" && !isIcon(icon)) {
    throw invalidRequest(
      `icon must be a single emoji, a named icon (${ICONS.join(", ")}), or self-contained SVG markup/data URL up to 16 KiB`,
    );
  }
  return {
    ...(label === undefined
      ? {}
      : { label: typeof label === "string" ? uniqueLabel(context, label, key) : undefined }),
    ...(color === undefined ? {} : { color: typeof color === "string" ? color : undefined }),
  };
}

const DRAWING_URL = "data:image/svg+xml";

/** A drawing is kept as a data URL, whichever way it came. */
function storedIcon(icon: string): string {
  return icon.startsWith("<svg") ? `${DRAWING_URL},${encodeURIComponent(icon)}` : icon;
}

function isIcon(icon: string): boolean {
  if (ICONS.includes(icon)) return true;
  if (icon.startsWith("<svg") || icon.startsWith(DRAWING_URL)) return isPlainDrawing(icon);
  return /^\p{RGI_Emoji}$/v.test(icon);
}

/** Nothing that runs and nothing that is fetched: other people look at it. */
function isPlainDrawing(icon: string): boolean {
  if (Buffer.byteLength(icon) > ICON_BYTES_MAX) return false;
  const markup = markupOf(icon);
  if (markup === undefined) return false;
  return !/<\s*(?:script|foreignObject|iframe|image|use|a|animate|set)\b|\bon\w+\s*=|javascript:|<!|@import|url\(\s*["']?(?!#)|href\s*=\s*["']?(?!#)/i.test(
    markup,
  );
}

function markupOf(icon: string): string | undefined {
  if (icon.startsWith("<svg")) return icon;
  const comma = icon.indexOf(",");
  if (comma < 0) return undefined;
  const isBase64 = /;\s*base64$/i.test(icon.slice(0, comma));
  try {
    return isBase64
      ? Buffer.from(icon.slice(comma + 1), "base64").toString("utf8")
      : decodeURIComponent(icon.slice(comma + 1));
  } catch {
    return undefined;
  }
}

function stateChange(now: number, entry: Entry, patch: Patch): EntryChange {
  const { archived, pinned, unread } = patch;
  if (pinned === true && entry.archivedAt !== undefined && archived !== false) {
    throw invalidRequest("cannot pin an archived session; restore it first");
  }
  return {
    ...(archived === true
      ? { archivedAt: entry.archivedAt ?? now, archiveReason: "manual", pinnedAt: undefined }
      : {}),
    ...(archived === false ? { archivedAt: undefined, archivedBy: undefined, archiveReason: undefined } : {}),
    ...(pinned === undefined ? {} : { pinnedAt: pinned === true ? now : undefined }),
    ...(unread === true ? { markedUnreadAt: now } : {}),
    ...(unread === false ? { markedUnreadAt: undefined, lastReadAt: now } : {}),
    ...statusChange(now, entry, patch),
  };
}

function statusChange(now: number, entry: Entry, patch: Patch): EntryChange {
  const { statusNote, attention, ttlMinutes } = patch;
  const hasNote =
    typeof statusNote === "string" || (statusNote === undefined && entry.agentStatus !== undefined);
  const asksMore = typeof attention === "string" || ttlMinutes !== undefined;
  if ((asksMore && !hasNote) || (typeof statusNote === "string" && statusNote.trim() === "")) {
    throw invalidRequest("statusNote required before setting attention or ttlMinutes");
  }
  if (statusNote === undefined && attention === undefined && ttlMinutes === undefined) return {};
  const note = statusNote === undefined ? entry.agentStatus?.note : statusNote;
  const sign = attention === undefined ? entry.agentStatus?.attention : attention;
  if (typeof note !== "string" || note === "") return { agentStatus: undefined };
  const minutes = typeof ttlMinutes === "number" ? ttlMinutes : STATUS_MINUTES_DEFAULT;
  return {
    agentStatus: {
      note,
      expiresAt: now + minutes * MINUTE_MS,
      ...(typeof sign === "string" ? { attention: sign } : {}),
    },
  };
}

function levelChange(patch: Patch): EntryChange {
  const change: Record<string, unknown> = {};
  for (const [member, words] of Object.entries(LEVELS)) {
    const value = patch[member];
    if (value === undefined) continue;
    const wanted = typeof value === "string" ? value.trim().toLowerCase() : value;
    if (wanted !== null && !words.some((word) => word === wanted)) {
      throw invalidRequest(`invalid ${member} (use ${quoted(words)})`);
    }
    change[member] = wanted ?? undefined;
  }
  const { execHost, responseUsage } = patch;
  if (typeof execHost === "string" && !EXEC_HOSTS.includes(execHost)) {
    throw invalidRequest(`invalid execHost (use ${quoted(EXEC_HOSTS)})`);
  }
  if ("execSecurity" in patch || "execAsk" in patch) {
    throw invalidRequest(
      "execSecurity/execAsk are retired; set permissionMode (read-only|guarded|workspace|full) instead, or use /exec for this run only.",
    );
  }
  if (responseUsage !== undefined)
    change["responseUsage"] = responseUsage === "on" ? "tokens" : (responseUsage ?? undefined);
  return change;
}

function modelChange(context: SessionContext, entry: Entry, patch: Patch): EntryChange {
  const { model, thinkingLevel, contextWindow, agentRuntime } = patch;
  const choice =
    typeof model === "string"
      ? checkModel(context, model, entry.agentId)
      : model === null
        ? { providerOverride: undefined, modelOverride: undefined, modelOverrideSource: "default" }
        : {};
  const next = applyChange(entry, choice);
  const facts = context.parts.models.of(entry.agentId, next);
  if (typeof contextWindow === "string") {
    const name = `${facts.modelProvider}/${facts.model}`;
    throw invalidRequest(`contextWindow "${contextWindow}" is not supported for ${name}`);
  }
  if (typeof agentRuntime === "string" && typeof model !== "string") {
    throw invalidRequest("agentRuntime requires an explicit canonical provider/model selection");
  }
  if (thinkingLevel === undefined) return choice;
  const level =
    typeof thinkingLevel === "string"
      ? checkThinkingLevel(context, thinkingLevel, entry.agentId, next)
      : undefined;
  return { ...choice, thinkingLevel: level };
}
