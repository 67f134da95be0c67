import type { Agents } from "../domain/agents/index.ts";
import { type Model, type Models, OFFLINE_ECHO } from "../domain/models/index.ts";
import { NO_COMMANDS } from "../domain/runs/commands.ts";
import type { Runs } from "../domain/runs/index.ts";
import type { JournalEntry, RunJournal } from "../domain/runs/journal.ts";
import type { ProviderEvent, ProviderRequest } from "../domain/runs/provider.ts";
import type { RunOutcome, RunRequest } from "../domain/runs/request.ts";
import { createRuns } from "../domain/runs/runs.ts";
import type { Tool } from "../domain/runs/tools.ts";
import type { Entry, Message, Sessions, TranscriptRecord } from "../domain/sessions/index.ts";
import { createTasks, type TaskStore } from "../domain/tasks/index.ts";
import { systemIds } from "../platform/ids.ts";
import { silentLog } from "../platform/log.ts";
import { createTestClock, type TestClock } from "./clock.ts";

/** What was told to clients, in order. */
export interface Told {
  readonly event: string;
  readonly payload: Record<string, unknown>;
  readonly cap?: string;
}

/** Runs over nouns that live in memory, with a model whose answers a test hands out piece by piece. */
export interface RunsRig {
  readonly runs: Runs;
  readonly clock: TestClock;
  readonly told: Told[];
  readonly calls: ProviderRequest[];
  readonly transcript: Message[];
  readonly entry: () => Entry | undefined;
  readonly journal: Map<string, JournalEntry>;
  /** Another gateway over the same journal and transcript, as after a crash. */
  restart(): RunsRig;
  request(runId: string, message: string, more?: Partial<RunRequest>): RunRequest;
  /** Waits until something holds; every turn of the event loop looks again. */
  until<T>(look: () => T | undefined | false): Promise<T>;
}

export type Script = (request: ProviderRequest, signal: AbortSignal) => AsyncIterable<ProviderEvent>;

export function createRunsRig(
  script: Script,
  options: {
    tools?: readonly Tool[];
    state?: RigState;
    queueMode?: "steer" | "followup";
    model?: Model;
    fallbacks?: readonly Model[];
    keepTokens?: number;
    isLoopWatched?: boolean;
  } = {},
): RunsRig {
  const clock = createTestClock();
  const state: RigState = options.state ?? { journal: new Map(), entries: new Map(), transcript: [] };
  const model = options.model ?? OFFLINE_ECHO;
  const told: Told[] = [];
  const calls: ProviderRequest[] = [];
  let nextId = 0;
  const runs = createRuns({
    keyOf: () => "k",
    sessions: memorySessions(state, told),
    journal: memoryJournal(state.journal),
    agents: oneAgent(model, options.fallbacks ?? []),
    models: someModels([model, ...(options.fallbacks ?? [])]),
    events: {
      publish: (event, payload, audience) => {
        told.push({
          event,
          payload: payload as Record<string, unknown>,
          ...(audience?.cap === undefined ? {} : { cap: audience.cap }),
        });
      },
    },
    titles: { give: () => {} },
    providers: async () => ({
      stream: (request, signal) => {
        calls.push({ ...request, messages: [...request.messages] });
        return script(request, signal);
      },
    }),
    toolbox: async () => options.tools ?? [],
    contextFiles: async () => [],
    prepareWorkspace: async () => {},
    media: {
      keep: async () => {},
      read: async () => undefined,
      stage: async (_workspace, _folder, name) => name,
    },
    skills: async () => [],
    commands: NO_COMMANDS,
    tasks: createTasks({ store: NO_TASKS, events: { publish: () => {} }, clock, ids: systemIds }),
    clock,
    ids: { uuid: () => `id-${++nextId}`, token: () => "token" },
    log: silentLog,
    timeZone: "UTC",
    isLoopWatched: () => options.isLoopWatched === true,
    autoCompact: () => true,
    keepTokens: () => options.keepTokens,
    queueMode: () => options.queueMode ?? "steer",
    limits: {
      lanes: 2,
      queue: 3,
      deltaIntervalMs: 75,
      debounceMs: 500,
      runTimeoutMs: 60_000,
      compactTimeoutMs: 1_000,
    },
  });
  return {
    runs,
    clock,
    told,
    calls,
    transcript: state.transcript,
    entry: () => state.entries.get(KEY),
    journal: state.journal,
    restart: () => createRunsRig(script, { ...options, state }),
    request: (runId, message, more = {}) => ({
      runId,
      kind: "chat",
      sessionKey: KEY,
      agentId: "main",
      message,
      acceptedAt: clock.now(),
      client: { id: "gateway-client", mode: "backend" },
      ...more,
    }),
    async until(look) {
      for (let turns = 0; turns < 10_000; turns += 1) {
        const found = look();
        if (found !== undefined && found !== false) return found;
        await new Promise((resolve) => setImmediate(resolve));
      }
      throw new Error("what a test waited for did not come");
    },
  };
}

const KEY = "agent:main:main";

const NO_TASKS: TaskStore = { put: async () => {}, get: async () => undefined, recent: async () => [] };

interface RigState {
  readonly journal: Map<string, JournalEntry>;
  readonly entries: Map<string, Entry>;
  readonly transcript: Message[];
}

const oneAgent = (model: Model, fallbacks: readonly Model[]): Agents => ({
  defaultId: "main",
  list: () => [],
  get: (id) => ({
    id,
    isDefault: true,
    workspace: "/nowhere",
    model: nameOf(model),
    fallbacks: fallbacks.map(nameOf),
  }),
});

const nameOf = (model: Model) => `${model.provider}/${model.id}`;

const someModels = (models: readonly Model[]): Models => ({
  list: () => models,
  resolve: (name) => models.find((model) => nameOf(model) === name),
  forTurn: (name) => models.find((model) => nameOf(model) === name),
});

function memoryJournal(entries: Map<string, JournalEntry>): RunJournal {
  return {
    accept: async (request) => {
      const known = entries.get(request.runId);
      if (known === undefined) entries.set(request.runId, { request });
      return known;
    },
    settle: async (runId: string, outcome: RunOutcome) => {
      const entry = entries.get(runId);
      if (entry !== undefined && entry.outcome === undefined) entries.set(runId, { ...entry, outcome });
    },
    find: async (runId) => entries.get(runId),
    unfinished: async () => [...entries.values()].filter((entry) => entry.outcome === undefined),
    interrupted: async () => [...entries.values()].filter((entry) => entry.outcome?.isInterrupted === true),
  };
}

function memorySessions(state: RigState, told: Told[]): Sessions {
  const { entries, transcript } = state;
  const records = (): TranscriptRecord[] =>
    transcript.map((message, index) => ({
      id: `m${index + 1}`,
      seq: index + 1,
      rawSeq: index + 1,
      recordedAt: message.timestamp,
      message,
      ...originOf(message),
    }));
  const part = {
    canonicalKey: (reference: string) => reference,
    get: async (key: string) => entries.get(key),
    ensure: async (key: string) => {
      // A session that has to be made takes longer than one that is there.
      if (!entries.has(key)) await new Promise((resolve) => setImmediate(resolve));
      const entry = entries.get(key) ?? ({ key, sessionId: "s1", agentId: "main" } as Entry);
      entries.set(key, entry);
      return entry;
    },
    update: async (key: string, change: (entry: Entry) => object, notice: object | null) => {
      const entry = { ...entries.get(key), ...change(entries.get(key) as Entry) } as Entry;
      entries.set(key, entry);
      if (notice !== null)
        told.push({ event: "sessions.changed", payload: { ...notice, status: entry.status } });
      return entry;
    },
    addParticipant: async () => {},
    append: async (_key: string, message: Message, origin: { runId?: string; idempotencyKey?: string }) => {
      const found = records().find(
        (one) => origin.idempotencyKey !== undefined && one.idempotencyKey === origin.idempotencyKey,
      );
      if (found !== undefined) return found;
      transcript.push({ ...message, origin });
      told.push({ event: "session.message", payload: { message } });
      return records().at(-1) as TranscriptRecord;
    },
    history: async () => ({
      records: records(),
      total: transcript.length,
      hasMore: false,
      generation: "g",
      lastRawSeq: transcript.length,
      leafId: undefined,
    }),
  };
  // Runs use these members and no others; a test that needs more says so by failing.
  return part as unknown as Sessions;
}

function originOf(message: Message): { runId?: string; idempotencyKey?: string } {
  return (message["origin"] ?? {}) as { runId?: string; idempotencyKey?: string };
}
