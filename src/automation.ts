import { createCommandRunner } from "./adapters/commands/run.ts";
import { cronerTimes } from "./adapters/cron-times/croner.ts";
import type { Conversation } from "./conversation.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { type Cron, createCron } from "./domain/cron/index.ts";
import type { Publisher } from "./domain/events.ts";
import { createHeartbeats, type Heartbeats, heartbeatPlan } from "./domain/heartbeat/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Log } from "./platform/log.ts";
import { createCronStore } from "./store/cron.ts";
import type { Database } from "./store/database.ts";

export interface Automation {
  readonly cron: Cron;
  readonly heartbeats: Heartbeats;
}

/** Puts together what happens without anybody asking at that moment: schedules, wake-ups, detached work. */
export function composeAutomation(
  parts: Conversation & {
    readonly config: ConfigSource;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly log: Log;
    readonly events: Publisher;
    readonly database: Database;
  },
): Automation {
  const { config, clock, database, agents } = parts;
  const heartbeats = createHeartbeats(parts);
  const isOff = (): boolean => !config.current().cron.enabled || process.env["OPENCLAW_SKIP_CRON"] === "1";
  const cron = createCron({
    ...parts,
    heartbeats,
    store: createCronStore(database, clock),
    times: cronerTimes,
    runCommand: createCommandRunner(clock, () => agents.get(agents.defaultId)?.workspace ?? config.stateDir),
    isEnabled: () => !isOff(),
    skipsMissed: () => config.current().cron["skipMissedJobs"] === true,
    heartbeatPlan: () => heartbeatPlan(config.current().agents, agents.defaultId),
  });
  return { cron, heartbeats };
}
