import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import { writePrivateFile } from "../../platform/files.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agent } from "../agents/index.ts";
import { isRecord } from "../config/index.ts";
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
  /** Pieces of conversations that wait to be taken into the memory. */
  staged(agent: Agent): Promise<readonly StagedPiece[]>;
  /** Forgets what was staged, and says how much that was. */
  unstage(agent: Agent): Promise<number>;
}

/** A piece that is staged, and where it stands among what was said that day. */
export interface StagedPiece {
  readonly path: string;
  readonly line: number;
  readonly snippet: string;
  readonly at: number;
}

interface Kept {
  /** What was staged before, also when it was taken away since. */
  readonly hashes: readonly string[];
  readonly pieces: readonly StagedPiece[];
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
  readonly clock: Clock;
}): SessionBackfill {
  const { sessions, documents } = parts;
  const keptOf = async (agent: Agent): Promise<Kept> => {
    const kept = await documents.read(SCOPE, agent.id);
    // What stands under this name was written below and nowhere else.
    return isRecord(kept) ? (kept as unknown as Kept) : { hashes: [], pieces: [] };
  };
  const collect = async (agent: Agent, range: BackfillRange) => {
    const done = new Set((await keptOf(agent)).hashes);
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
      const staged = days.flatMap(([, candidates]) => candidates);
      if (staged.length === 0) return { ...summarise(days), staged: 0 };
      await addToDiary(
        agent.workspace,
        days.map(([day, candidates]) => diaryEntry(day, candidates)),
      );
      const { hashes, pieces } = await keptOf(agent);
      const fresh: StagedPiece[] = [];
      for (const [day, candidates] of days) {
        const file = corpusOf(day);
        // oxlint-disable-next-line no-await-in-loop -- one file after another, a few at most
        const before = await addToCorpus(agent.workspace, file, candidates);
        fresh.push(
          ...candidates.map(({ text }, index) => ({
            path: file,
            line: before + index + 1,
            snippet: text.replace(/^\w+: /, ""),
            at: parts.clock.now(),
          })),
        );
      }
      await documents.write(SCOPE, agent.id, {
        hashes: [...hashes, ...staged.map(({ hash }) => hash)].slice(-POLICY.memoryStagedMax),
        pieces: [...pieces, ...fresh].slice(-POLICY.memoryStagedMax),
      });
      return { ...summarise(days), staged: staged.length };
    },
    async rollback(agent) {
      const { removed } = await resetDiary(agent.workspace);
      const { pieces } = await keptOf(agent);
      await rm(path.join(agent.workspace, CORPUS), { recursive: true, force: true });
      await documents.write(SCOPE, agent.id, undefined);
      return { removedDiaryEntries: removed, removedStagedEntries: pieces.length };
    },
    staged: async (agent) => (await keptOf(agent)).pieces,
    async unstage(agent) {
      const kept = await keptOf(agent);
      if (kept.pieces.length > 0) await documents.write(SCOPE, agent.id, { ...kept, pieces: [] });
      return kept.pieces.length;
    },
  };
}

const CORPUS = "memory/.dreams/session-corpus";

function corpusOf(day: string): string {
  return `${CORPUS}/${day}.txt`;
}

/** Adds what was said to the day's lines; gives back how many there were. */
async function addToCorpus(
  workspace: string,
  file: string,
  candidates: readonly Candidate[],
): Promise<number> {
  const whole = path.join(workspace, file);
  const before = await readFile(whole, "utf8").catch(() => "");
  const lines = before.split("\n").filter((line) => line !== "");
  const all = [...lines, ...candidates.map(({ text }) => text)];
  await writePrivateFile(whole, `${all.join("\n")}\n`);
  return lines.length;
}

function diaryEntry(day: string, candidates: readonly Candidate[]): string {
  const count = `${candidates.length} trusted ${candidates.length === 1 ? "candidate" : "candidates"}`;
  const told = candidates
    .slice(0, POLICY.memoryStagedPerDayMax)
    .map(({ text, hash }) => `<!-- openclaw-memory-promotion:memory:session-backfill:${hash} -->\n- ${text}`);
  const mark = `<!-- openclaw:dreaming:backfill-entry day=${day} source=${corpusOf(day)} -->`;
  return `*${longDate(day)}*\n\n${mark}\n\nSession backfill found ${count}.\n${told.join("\n")}`;
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
