import { createHash } from "node:crypto";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agent } from "../agents/index.ts";
import type { Documents } from "../documents/index.ts";
import type { Sessions } from "../sessions/index.ts";
import { addToDiary, longDate, resetDiary } from "./diary.ts";

export interface BackfillRange {
  readonly from?: string;
  readonly to?: string;
  readonly limitDays: number;
}

export interface BackfillDay {
  readonly day: string;
  readonly candidateCount: number;
  readonly sample: string[];
}

export interface BackfillSummary {
  readonly days: number;
  readonly candidates: number;
  readonly perDay: BackfillDay[];
}

/** Old conversations as material for an agent's memory: looked at, staged, and taken back. */
export interface SessionBackfill {
  preview(agent: Agent, range: BackfillRange): Promise<BackfillSummary & { readonly truncated: boolean }>;
  apply(agent: Agent, range: BackfillRange): Promise<BackfillSummary & { readonly staged: number }>;
  rollback(
    agent: Agent,
  ): Promise<{ readonly removedDiaryEntries: number; readonly removedStagedEntries: number }>;
  /** Pieces of old notes and conversations that wait to be taken into the memory. */
  staged(agent: Agent): Promise<number>;
  /** Forgets what was staged, and says how much that was. */
  unstage(agent: Agent): Promise<number>;
}

interface Candidate {
  readonly day: string;
  readonly text: string;
  readonly hash: string;
}

const DAYS_DEFAULT = 92;
const SAMPLES_MAX = 3;
const LINE_CHARS_MAX = 280;
const SCOPE = "memory-staged";
/** Sessions in which nobody talks: what they say is not about a person. */
const NOT_A_TALK = /:(?:cron|subagent|heartbeat|hook|acp):/;

/** The days that a request means; refuses what is no day. */
export function readRange(params: Readonly<Record<string, unknown>>): BackfillRange {
  const from = dayParam("from", params["from"]);
  const to = dayParam("to", params["to"]);
  if (from !== undefined && to !== undefined && from > to) throw invalidRequest("from must not be after to.");
  const { limitDays } = params;
  if (limitDays !== undefined && !(Number.isInteger(limitDays) && Number(limitDays) > 0)) {
    throw invalidRequest("limitDays must be a positive integer");
  }
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    limitDays: Number(limitDays ?? DAYS_DEFAULT),
  };
}

function dayParam(name: string, value: unknown): string | undefined {
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string") throw invalidRequest(`${name} must be a string.`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw invalidRequest(`${name} must use YYYY-MM-DD.`);
  const parsed = Date.parse(`${value}T00:00:00Z`);
  if (Number.isNaN(parsed) || isoTime(parsed).slice(0, 10) !== value) {
    throw invalidRequest(`${name} must be a valid calendar day.`);
  }
  return value;
}

export function createSessionBackfill(parts: {
  readonly sessions: Sessions;
  readonly documents: Documents;
}): SessionBackfill {
  const { sessions, documents } = parts;
  const stagedOf = async (agent: Agent): Promise<readonly string[]> => {
    const kept = await documents.read(SCOPE, agent.id);
    return Array.isArray(kept) ? kept.filter((hash) => typeof hash === "string") : [];
  };
  const collect = async (agent: Agent, range: BackfillRange) => {
    const done = new Set(await stagedOf(agent));
    const found = await candidatesOf(sessions, agent, range);
    const days = Map.groupBy(
      found.filter(({ hash }) => !done.has(hash)),
      ({ day }) => day,
    );
    const ordered = [...days].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { days: ordered.slice(0, range.limitDays), isTruncated: ordered.length > range.limitDays };
  };
  return {
    async preview(agent, range) {
      const { days, isTruncated } = await collect(agent, range);
      return { ...summarise(days), truncated: isTruncated };
    },
    async apply(agent, range) {
      const { days } = await collect(agent, range);
      const hashes = days.flatMap(([, candidates]) => candidates.map(({ hash }) => hash));
      if (hashes.length === 0) return { ...summarise(days), staged: 0 };
      const entries = days.map(([day, candidates]) => {
        const mark = `<!-- openclaw:dreaming:backfill-entry day=${day} source=sessions -->`;
        return `*${longDate(day)}*\n\n${mark}\n\nWhat Happened\n${candidates
          .slice(0, POLICY.memoryStagedPerDayMax)
          .map(({ text }, index) => `${index + 1}. ${text}`)
          .join("\n")}`;
      });
      await addToDiary(agent.workspace, entries);
      const kept = [...(await stagedOf(agent)), ...hashes].slice(-POLICY.memoryStagedMax);
      await documents.write(SCOPE, agent.id, kept);
      return { ...summarise(days), staged: hashes.length };
    },
    async rollback(agent) {
      const { removed } = await resetDiary(agent.workspace);
      return { removedDiaryEntries: removed, removedStagedEntries: await this.unstage(agent) };
    },
    staged: async (agent) => (await stagedOf(agent)).length,
    async unstage(agent) {
      const staged = await stagedOf(agent);
      if (staged.length > 0) await documents.write(SCOPE, agent.id, undefined);
      return staged.length;
    },
  };
}

function summarise(days: readonly (readonly [string, readonly Candidate[]])[]): BackfillSummary {
  const perDay = days.map(([day, candidates]) => ({
    day,
    candidateCount: candidates.length,
    sample: candidates.slice(0, SAMPLES_MAX).map(({ text }) => text),
  }));
  const candidates = perDay.reduce((sum, { candidateCount }) => sum + candidateCount, 0);
  return { days: perDay.length, candidates, perDay };
}

/** What people and the agent said, each thing once a day, in the order in which it was said. */
async function candidatesOf(sessions: Sessions, agent: Agent, range: BackfillRange): Promise<Candidate[]> {
  const viewer = { scopes: ["operator.admin"] };
  const { sessions: rows } = await sessions.listing.list({ agentId: agent.id }, viewer);
  const found = new Map<string, Candidate & { readonly at: number }>();
  for (const row of rows) {
    const key = String(row["key"]);
    if (NOT_A_TALK.test(key)) continue;
    const { records } = await sessions.history(key, { limit: POLICY.memoryBackfillMessagesMax });
    for (const { message, recordedAt } of records) {
      const text = saidLine(message);
      const day = isoTime(recordedAt).slice(0, 10);
      if (text === undefined || isOutside(day, range)) continue;
      const hash = createHash("sha256").update(`${day}\n${text}`).digest("hex");
      if (!found.has(hash)) found.set(hash, { day, text, hash, at: recordedAt });
    }
  }
  return [...found.values()].toSorted((a, b) => a.at - b.at);
}

function isOutside(day: string, { from, to }: BackfillRange): boolean {
  return (from !== undefined && day < from) || (to !== undefined && day > to);
}

const SPEAKERS: Readonly<Record<string, string>> = { user: "User", assistant: "Assistant" };

function saidLine(message: Readonly<Record<string, unknown>>): string | undefined {
  const speaker = SPEAKERS[String(message["role"])];
  if (speaker === undefined) return undefined;
  const { content } = message;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [content];
  const text = parts.map(textOf).join(" ").replace(/\s+/g, " ").trim();
  return text === "" ? undefined : `${speaker}: ${text}`.slice(0, LINE_CHARS_MAX);
}

function textOf(part: unknown): string {
  if (typeof part === "string") return part;
  const text: unknown = typeof part === "object" && part !== null ? Reflect.get(part, "text") : undefined;
  return typeof text === "string" ? text : "";
}
