import { availableParallelism } from "node:os";
import { POLICY } from "../schemas/policy.ts";
import { REFERENCE_VERSION } from "../schemas/reference.ts";
import { createCheckouts } from "./adapters/git/checkouts.ts";
import { createMediaFiles } from "./adapters/media/index.ts";
import { createProviders } from "./adapters/providers/index.ts";
import { createToolbox } from "./adapters/tools/index.ts";
import { createContextFiles } from "./adapters/workspace/context-files.ts";
import { createSeeds } from "./adapters/workspace/seed.ts";
import { createSkillList } from "./adapters/workspace/skill-list.ts";
import { type Agents, createAgents } from "./domain/agents/index.ts";
import type { Permit } from "./domain/approvals/index.ts";
import { createCommands, type Decide } from "./domain/commands/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Publisher } from "./domain/events.ts";
import { type AuthProfiles, createAuthProfiles, createModels, type Models } from "./domain/models/index.ts";
import {
  createAside,
  createProbe,
  createRuns,
  createTitles,
  type Probe,
  type Providers,
  type Runs,
  type Skill,
  type Titles,
  type Toolbox,
} from "./domain/runs/index.ts";
import { createSessions, type Sessions } from "./domain/sessions/index.ts";
import { createSubagents } from "./domain/subagents/index.ts";
import { createTasks, type Tasks } from "./domain/tasks/index.ts";
import { createSpeech } from "./domain/voice/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Log } from "./platform/log.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";
import { createConversationStores } from "./store/incognito.ts";
import { createTaskStore } from "./store/tasks.ts";

export interface ConversationParts {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly events: Publisher;
  readonly database: Database;
  /** Whether a command of a model may run. */
  readonly permit: Permit;
  /** Decides on what waits for a yes, as somebody says in a chat. */
  readonly decide: Decide;
  /** The skills that an agent may use in a turn. */
  readonly skillsOf: (agentId: string) => Promise<readonly Skill[]>;
}

export interface Conversation {
  readonly agents: Agents;
  readonly authProfiles: AuthProfiles;
  readonly models: Models;
  readonly probe: Probe;
  readonly providers: Providers;
  readonly sessions: Sessions;
  readonly runs: Runs;
  readonly titles: Titles;
  readonly tasks: Tasks;
  readonly toolbox: Toolbox;
}

/** Puts together the nouns that a conversation needs. Sessions show which runs are active and runs write sessions. */
export function composeConversation(parts: ConversationParts): Conversation {
  const { config, clock, ids, log, events, database } = parts;
  const agents = createAgents(config);
  const models = createModels(config);
  const authProfiles = createAuthProfiles({
    documents: createDocuments(database),
    defaultAgentId: () => agents.defaultId,
    isNewState: database.isNew,
  });
  const providers = createProviders({ config, clock, ids, savedKey: (id) => authProfiles.keyOf(id) });
  const stores = createConversationStores({
    database,
    clock,
    now: () => clock.now(),
    retentionMs: POLICY.idempotencyRetentionMs,
    entriesMax: POLICY.idempotencyRecordsMax,
  });
  const sessions = createSessions({
    store: stores.sessions,
    clock,
    ids,
    events,
    agents,
    models,
    activity: { activeRunIds: (sessionKey) => runs.activeRunIds(sessionKey) },
    stateDir: config.stateDir,
    checkouts: createCheckouts(),
  });
  const tools = createToolbox({
    config,
    clock,
    ids,
    permit: parts.permit,
    nouns: () => ({ sessions, runs, agents, subagents }),
    isReadOnly: async (sessionKey) => (await sessions.get(sessionKey))?.permissionMode === "read-only",
  });
  const tasks = createTasks({ store: createTaskStore(database), events, clock, ids });
  const subagents = createSubagents({
    sessions,
    get runs() {
      return runs;
    },
    tasks,
    agents,
    models,
    clock,
    ids,
  });
  const { defaults } = config.current().agents;
  const titles = createTitles({
    ...{ sessions, agents, models, providers, clock, log },
    utilityModel: (agentId) => utilityModelOf(config, agentId),
    limits: { atOnce: POLICY.titlesAtOnce, timeoutMs: POLICY.titleTimeoutMs },
  });
  const runs: Runs = createRuns({
    sessions,
    agents,
    models,
    events,
    clock,
    ids,
    log,
    journal: stores.journal,
    providers,
    toolbox: tools.toolbox,
    contextFiles: createContextFiles(),
    prepareWorkspace: createSeeds({
      isWanted: () => config.current().agents.defaults["skipBootstrap"] !== true,
      log,
    }),
    media: createMediaFiles(config.stateDir),
    skills: createSkillList({ clock, read: parts.skillsOf }),
    commands: createCommands({
      sessions,
      agents,
      models,
      config,
      events,
      clock,
      ids,
      aside: createAside({ sessions, agents, models, providers }),
      speech: createSpeech(config.stateDir),
      decide: parts.decide,
      subagents,
      // Loaded when somebody wants it: most chats never change the configuration.
      changeConfig: async (change) => {
        const { changeConfig } = await import("./domain/config/edit.ts");
        await changeConfig(change, { config, clock });
      },
      skillNames: async (agentId) => (await parts.skillsOf(agentId)).map(({ name }) => name),
      toolNames: async (agentId) => (await tools.toolbox(agentId)).map(({ name }) => name),
      taskLines: async (sessionKey) =>
        (await tasks.list({ sessionKey })).map(({ title, status }) => `- ${title}: ${status}`),
      version: REFERENCE_VERSION,
      upSince: clock.elapsed(),
      compact: (sessionKey, instructions) => runs.compact(sessionKey, instructions),
    }),
    tasks,
    titles,
    queueMode: () => config.current().messages.queue.mode ?? "steer",
    isLoopWatched: (agentId) => isLoopWatched(config, agentId),
    autoCompact: () => compactionOf(config)["enabled"] !== false,
    keepTokens: () => {
      const { keepRecentTokens } = compactionOf(config);
      return typeof keepRecentTokens === "number" ? keepRecentTokens : undefined;
    },
    keyOf: (provider) => config.current().models.providers[provider]?.apiKey,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    limits: {
      lanes: Math.max(POLICY.runLanesMin, POLICY.runLanesPerCore * availableParallelism()),
      queue: POLICY.sessionQueueMax,
      compactTimeoutMs: POLICY.compactTimeoutMs,
      deltaIntervalMs: POLICY.chatDeltaIntervalMs,
      debounceMs: POLICY.queueDebounceMs,
      runTimeoutMs:
        defaults.timeoutSeconds === undefined ? POLICY.runTimeoutMs : defaults.timeoutSeconds * 1_000,
    },
  });
  return {
    agents,
    authProfiles,
    models,
    providers,
    probe: createProbe({ providers, events, clock, ids, intervalMs: POLICY.chatDeltaIntervalMs }),
    sessions,
    tasks,
    titles,
    toolbox: tools.toolbox,
    runs: {
      ...runs,
      get liveCount() {
        return runs.liveCount;
      },
      async drain(timeoutMs) {
        titles.stop();
        await runs.drain(timeoutMs);
        tools.close();
      },
    },
  };
}

/** `agents.defaults.compaction`, of which each member is looked at before it is used. */
function compactionOf(config: ConfigSource): Readonly<Record<string, unknown>> {
  const { compaction } = config.current().agents.defaults;
  return typeof compaction === "object" && compaction !== null ? { ...compaction } : {};
}

/** The model for small tasks: the agent's, else the general one. */
function utilityModelOf(config: ConfigSource, agentId: string): string | undefined {
  const { defaults, entries } = config.current().agents;
  const own = entries.find((entry) => entry.id === agentId)?.["utilityModel"];
  const wanted = own ?? defaults["utilityModel"];
  return typeof wanted === "string" ? wanted : undefined;
}

/** `tools.loopDetection.enabled`, of the agent before the general one; off unless it is switched on. */
function isLoopWatched(config: ConfigSource, agentId: string): boolean {
  const { agents, tools } = config.current();
  const own = agents.entries.find((entry) => entry.id === agentId)?.tools;
  const settings = [own?.["loopDetection"], tools["loopDetection"]];
  const switches = settings.map((one) =>
    typeof one === "object" && one !== null ? (Reflect.get(one, "enabled") as unknown) : undefined,
  );
  return switches.find((one) => typeof one === "boolean") === true;
}
