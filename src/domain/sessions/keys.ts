/**
 * The key grammar: `agent:<agentId>:<rest>`, and the two keys that belong to no agent. What a session is, follows
 * from `rest`; see [SE1] to [SE4].
 */
export const GLOBAL_KEY = "global";
export const UNKNOWN_KEY = "unknown";
export const MAIN = "main";

export interface KeyFacts {
  readonly agentId: string;
  readonly kind: "direct" | "group" | "global" | "unknown";
  readonly classification: string;
  readonly isMain: boolean;
  readonly isBackground: boolean;
  readonly peerKind?: "direct" | "group" | "channel";
  readonly channel?: string;
  readonly accountId?: string;
  readonly displayName?: string;
}

/**
 * The canonical key for what a client may send: an alias (`main`, `global`), a full key, or the rest of one. Undefined
 * when it looks like a full key and is none.
 */
export function canonicalKey(reference: string, agentId: string): string | undefined {
  const key = reference.trim().toLowerCase();
  if (key === "") return undefined;
  if (key === GLOBAL_KEY || key === UNKNOWN_KEY) return key;
  if (!key.startsWith("agent:")) return `agent:${agentId}:${key}`;
  return /^agent:[^:]+:./s.test(key) ? key : undefined;
}

/** The agent that a canonical key names, or undefined for the keys that belong to none. */
export function agentOfKey(key: string): string | undefined {
  return key.startsWith("agent:") ? key.split(":", 2)[1] : undefined;
}

/** What stands after `agent:<id>:`; the whole key when it belongs to no agent. */
export function restOfKey(key: string): string {
  return key.startsWith("agent:") ? key.slice(key.indexOf(":", "agent:".length) + 1) : key;
}

/** Runs of a job have entries of their own, which lists leave out: the job's session stands for them. */
export function isCronRun(key: string): boolean {
  return /^cron:.+:run:/.test(restOfKey(key));
}

const INCOGNITO = "dashboard:incognito-";
const INCOGNITO_TRANSCRIPT = "incognito:";

/** What is said in such a session is kept by nobody; only who has its key finds it. */
export function isIncognitoKey(key: string): boolean {
  return restOfKey(key).startsWith(INCOGNITO);
}

export function isIncognitoTranscript(transcriptId: string): boolean {
  return transcriptId.startsWith(INCOGNITO_TRANSCRIPT);
}

/** The id of a transcript says where it is kept. */
export function transcriptIdOf(key: string, id: string): string {
  return isIncognitoKey(key) ? `${INCOGNITO_TRANSCRIPT}${id}` : id;
}

/** The key of a session that nobody named. */
export function dashboardKey(agentId: string, uuid: string, isIncognito: boolean): string {
  return `agent:${agentId}:${isIncognito ? INCOGNITO : "dashboard:"}${uuid}`;
}

/** A session that somebody opened without saying what it is for; what is said in it may name it. */
export function isDashboardKey(key: string): boolean {
  return restOfKey(key).startsWith("dashboard:") && !isIncognitoKey(key);
}

/** Sessions that another program runs in our name have keys that clients cannot make. */
export function isReservedKey(key: string): boolean {
  return restOfKey(key).startsWith("harness:");
}

/** Prefixes of `rest` that settle the matter, and whether a person is behind such a session. */
const FAMILIES: readonly (readonly [prefix: string, classification: string, isBackground: boolean])[] = [
  ["cron:", "cron", true],
  ["subagent:", "subagent", true],
  ["hook:", "hook", true],
  ["acp:", "acp", true],
  ["dreaming-narrative-", "dreaming", true],
  ["dashboard:", "dashboard", false],
  ["explicit:", "explicit", false],
  ["voice:", "voice", false],
  ["tui-", "tui", false],
  ["node-", "node", false],
];

export function keyFacts(key: string, defaultAgentId: string): KeyFacts {
  const agentId = agentOfKey(key) ?? defaultAgentId;
  const rest = restOfKey(key);
  const facts = { agentId, kind: "direct", isMain: false, isBackground: false } as const;
  if (key === GLOBAL_KEY || key === UNKNOWN_KEY) return { ...facts, kind: key, classification: key };
  if (rest === MAIN) return { ...facts, classification: MAIN, isMain: true };
  const family = FAMILIES.find(([prefix]) => rest.startsWith(prefix));
  if (family) return { ...facts, classification: family[1], isBackground: family[2] };
  const room = /^([^:]+):(group|channel):(.+)$/.exec(rest);
  if (room) return roomFacts(facts, rest, { channel: room[1] ?? "", peer: room[2] ?? "", id: room[3] ?? "" });
  if (rest.includes(":thread:")) return { ...facts, classification: "thread" };
  const direct = /^(?:[^:]+:(?:([^:]+):)?)?(?:direct|dm):.+$/.exec(rest);
  if (direct) {
    const account = direct[1] === undefined ? {} : { accountId: direct[1] };
    return { ...facts, classification: "direct", peerKind: "direct", ...account };
  }
  return { ...facts, classification: "custom" };
}

function roomFacts(
  facts: { readonly agentId: string; readonly isMain: boolean; readonly isBackground: boolean },
  rest: string,
  room: { channel: string; peer: string; id: string },
): KeyFacts {
  const peerKind = room.peer === "group" ? "group" : "channel";
  const slug = room.id.replaceAll(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return {
    ...facts,
    kind: "group",
    classification: rest.includes(":thread:") ? "thread" : peerKind,
    peerKind,
    channel: room.channel,
    displayName: `${room.channel}:g-${slug}`,
  };
}
