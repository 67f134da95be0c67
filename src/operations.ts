import { POLICY } from "../schemas/policy.ts";
import { createSeeds } from "./adapters/workspace/seed.ts";
import { type Births, createBirths } from "./domain/agents/index.ts";
import type { Audit } from "./domain/audit/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Cron } from "./domain/cron/index.ts";
import { createDiagnostics, type Diagnostics, type Profiler } from "./domain/diagnostics/index.ts";
import type { Publisher } from "./domain/events.ts";
import { createRestarts, type Restarts } from "./domain/restarts/index.ts";
import type { Runs } from "./domain/runs/index.ts";
import { createSecrets, type Secrets } from "./domain/secrets/index.ts";
import { type Blocker, createSuspension, type Suspension } from "./domain/suspension/index.ts";
import { createSystem, type System } from "./domain/system/index.ts";
import { createUpdateRuns, type UpdateRuns } from "./domain/updates/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Log } from "./platform/log.ts";
import { createAudit } from "./store/audit.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";

export interface Operations {
  readonly audit: Audit;
  readonly births: Births;
  /** Puts into a new workspace what an agent begins with. */
  readonly furnish: (workspace: string) => Promise<void>;
  readonly diagnostics: Diagnostics;
  readonly secrets: Secrets;
  readonly suspension: Suspension;
  readonly system: System;
  readonly restarts: Restarts;
  readonly updateRuns: UpdateRuns;
}

/** Puts together what those who run the gateway look at and turn. */
export function composeOperations(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly events: Publisher;
  readonly database: Database;
  readonly cron: Cron;
  readonly runs: Runs;
  readonly openTerminals: () => number;
  readonly uptimeMs: () => number;
  readonly port: () => number;
  readonly restartedAt: number | undefined;
}): Operations {
  const { config, clock, database, cron, runs } = parts;
  const blockers = (): Blocker[] =>
    [
      { kind: "chat-run", count: runs.liveCount, message: `${runs.liveCount} active agent run(s)` } as const,
      {
        kind: "cron-run",
        count: cron.activeCount,
        message: `${cron.activeCount} active cron run(s)`,
      } as const,
    ].filter(({ count }) => count > 0);
  const documents = createDocuments(database);
  return {
    audit: createAudit(database),
    births: createBirths(documents, clock),
    furnish: createSeeds({
      isWanted: () => config.current().agents.defaults["skipBootstrap"] !== true,
      log: parts.log,
    }),
    diagnostics: createDiagnostics({
      clock,
      profiler: lazyProfiler(clock),
      turns: () => ({ active: runs.liveCount, max: config.current().agents.defaults.maxConcurrent }),
      crons: () => ({ active: cron.activeCount, max: POLICY.cronRunsActiveMax }),
    }),
    secrets: createSecrets(documents, clock),
    suspension: createSuspension({
      ...parts,
      blockers,
      terminals: () => terminalBlockers(parts.openTerminals()),
    }),
    restarts: createRestarts({ ...parts, blockers }),
    updateRuns: createUpdateRuns({ ...parts, documents }),
    system: createSystem({
      ...parts,
      processInstanceId: cron.processInstanceId,
      stateDir: config.stateDir,
      homeDir: process.env["HOME"],
      logFile: () => config.current().logging.file,
    }),
  };
}

/** The inspector is loaded with the first profile: most gateways take none. */
function lazyProfiler(clock: Clock): Profiler {
  const load = async (): Promise<Profiler> =>
    (await import("./adapters/profiler/inspector.ts")).createProfiler(clock);
  let pending: Promise<Profiler> | undefined;
  const get = (): Promise<Profiler> => (pending ??= load());
  return {
    cpu: async (...wanted) => (await get()).cpu(...wanted),
    heap: async (...wanted) => (await get()).heap(...wanted),
  };
}

function terminalBlockers(count: number): readonly Blocker[] {
  if (count === 0) return [];
  return [{ kind: "terminal-session", count, message: `${count} open terminal session(s)` }];
}
