import { createCommandRunner } from "./adapters/commands/run.ts";
import { cronerTimes } from "./adapters/cron-times/croner.ts";
import type { Conversation } from "./conversation.ts";
import { type ConfigSource, section, text } from "./domain/config/index.ts";
import { type Cron, createCron, type OwnJobsPlan } from "./domain/cron/index.ts";
import type { Publisher } from "./domain/events.ts";
import { createHeartbeats, type Heartbeats, heartbeatPlan } from "./domain/heartbeat/index.ts";
import type { Plugins } from "./domain/plugins/index.ts";
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
    readonly plugins: Plugins;
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
    ownJobs: () => ownJobsPlan(parts),
  });
  config.onChange(() => {
    cron.follow().catch((error: unknown) => parts.log.error({ err: error }, "own jobs did not follow"));
  });
  return { cron, heartbeats };
}

const DREAMING_AT = "0 3 * * *";

/** What the gateway has to do now and then, read from the configuration as it is. */
function ownJobsPlan({
  config,
  agents,
  plugins,
}: Pick<Conversation, "agents"> & { readonly config: ConfigSource; readonly plugins: Plugins }): OwnJobsPlan {
  const current = config.current();
  const autonomous = section(section(section(current, "skills"), "workshop"), "autonomous");
  const memory = section(section(section(current, "plugins"), "entries"), "memory-core");
  const dreaming = section(section(memory, "config"), "dreaming");
  const tz = text(dreaming["timezone"]);
  return {
    heartbeats: heartbeatPlan(current.agents, agents.defaultId),
    skillReviews: {
      agentIds: agents.list().map(({ id }) => id),
      isEnabled: (text(autonomous["mode"]) ?? "auto") === "auto",
    },
    dreaming: plugins.isLoaded("memory-core")
      ? dreaming["enabled"] === false
        ? "none"
        : { expr: text(dreaming["frequency"]) ?? DREAMING_AT, ...(tz === undefined ? {} : { tz }) }
      : "unattended",
  };
}
