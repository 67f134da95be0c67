import { createHash } from "node:crypto";
import path from "node:path";
import { isoTime } from "../../platform/iso.ts";
import type { Agent } from "../agents/index.ts";
import type { ConfigSource } from "../config/index.ts";
import type { Job } from "../cron/index.ts";
import { dreamingSettings } from "./dreaming.ts";
import type { StagedPiece } from "./session-backfill.ts";

/** The job that goes over what agents noted, as the schedule calls it. */
const SWEEP = "memory-core:memory-dreaming-promotion";

/** Entries that a report shows. */
const ENTRIES_MAX = 50;
const MARK_CHARS = 12;

/** What each phase looks at, in the reference's figures; there is no setting for most of them. */
const PHASES = {
  light: { lookbackDays: 2, limit: 100 },
  deep: {
    limit: 10,
    minScore: 0.75,
    minRecallCount: 3,
    minUniqueQueries: 3,
    recencyHalfLifeDays: 14,
    maxAgeDays: 30,
  },
  rem: { lookbackDays: 7, limit: 10, minPatternStrength: 0.75 },
} as const;

/** The state of an agent's memory. Nothing is promoted here by itself yet, so only what is staged is counted. */
export function memoryStatus(parts: {
  readonly agent: Agent;
  readonly config: ConfigSource;
  readonly jobs: readonly Job[];
  readonly staged: readonly StagedPiece[];
}) {
  const { agent, staged } = parts;
  const groundedCount = staged.length;
  const entries = staged.slice(-ENTRIES_MAX).map(entryOf);
  const { provider, frequency, ...dreaming } = dreamingSettings(parts.config);
  const job = parts.jobs.find(({ declarationKey }) => declarationKey === SWEEP);
  const nextRunAtMs = job?.state.nextRunAtMs;
  const phase = {
    enabled: dreaming.enabled,
    cron: frequency,
    managedCronPresent: job !== undefined,
    ...(nextRunAtMs === undefined ? {} : { nextRunAtMs }),
  };
  const place = createHash("sha256").update(agent.workspace).digest("hex");
  return {
    agentId: agent.id,
    provider,
    embedding: {
      ok: false,
      checked: false,
      error: "memory embedding readiness not checked; run `openclaw memory status --deep` to probe",
    },
    dreaming: {
      ...dreaming,
      shortTermEntries: entries,
      signalEntries: entries,
      promotedEntries: [],
      phases: {
        light: { ...phase, ...PHASES.light },
        deep: { ...phase, ...PHASES.deep },
        rem: { ...phase, ...PHASES.rem },
      },
      shortTermCount: groundedCount,
      recallSignalCount: 0,
      dailySignalCount: 0,
      groundedSignalCount: groundedCount,
      totalSignalCount: groundedCount,
      phaseSignalCount: 0,
      lightPhaseHitCount: 0,
      remPhaseHitCount: 0,
      promotedTotal: 0,
      promotedToday: 0,
      storePath: `plugin-state:memory-core/short-term-recall/${place}`,
      phaseSignalPath: `plugin-state:memory-core/short-term-phase-signals/${place}`,
    },
  };
}

function entryOf({ path: file, line, snippet, at }: StagedPiece) {
  const mark = createHash("sha256").update(snippet).digest("hex").slice(0, MARK_CHARS);
  return {
    key: `memory:${file}:${line}:${line}:${mark}`,
    path: file,
    startLine: line,
    endLine: line,
    snippet,
    recallCount: 0,
    dailyCount: 0,
    groundedCount: 1,
    totalSignalCount: 1,
    lightHits: 0,
    remHits: 0,
    phaseHitCount: 0,
    lastRecalledAt: isoTime(at),
  };
}

/** Whether meanings could be compared. No service for that is built in, so none has a key that would be used. */
export function probeEmbeddings(config: ConfigSource, agent: Agent): { ok: false; error: string } {
  const { provider } = dreamingSettings(config);
  const store = path.join(config.stateDir, "state", "openclaw.sqlite");
  const agentDir = path.join(config.stateDir, "agents", agent.id, "agent");
  return {
    ok: false,
    error: `gateway memory probe failed: No API key found for provider "${provider}". Auth store: ${store} (agentDir: ${agentDir}). Configure an API key (openclaw models auth paste-api-key --provider ${provider}; add --agent <id> for a non-default agent) or copy only portable static auth profiles from the main agentDir. | missing-provider-auth`,
  };
}
