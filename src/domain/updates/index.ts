export {
  createUpdateRuns,
  sentinelOf,
  type UpdateRequest,
  type UpdateRun,
  type UpdateRuns,
} from "./runs.ts";

import { type ConfigSource, section, text } from "../config/index.ts";
import type { Publisher } from "../events.ts";

/** Which releases an installation follows, and how it was installed. */
export interface UpdateSchedule {
  readonly channel: string;
  readonly autoEnabled: boolean;
  readonly install?: { readonly kind: "package" };
}

/** A package is updated by whoever installed it: this gateway looks for no release, and says so. */
export interface Updates {
  /** Undefined until the start has told of it. */
  schedule(): UpdateSchedule | undefined;
  /** The same, whether or not it was told. */
  look(): UpdateSchedule;
  announce(): void;
}

export function createUpdates(parts: { readonly config: ConfigSource; readonly events: Publisher }): Updates {
  const { config, events } = parts;
  let isTold = false;

  function look(): UpdateSchedule {
    const update = section(config.current(), "update");
    return {
      channel: text(update["channel"]) ?? "stable",
      autoEnabled: section(update, "auto")["enabled"] === true,
      install: { kind: "package" },
    };
  }

  /** Schedules are for readers; everybody else learns whether there is an update. */
  function tell(schedule: UpdateSchedule): void {
    const updateAvailable = null;
    events.publish(
      "update.available",
      { updateAvailable, schedule },
      { holding: "operator.read", isDroppable: true },
    );
    events.publish("update.available", { updateAvailable }, { lacking: "operator.read", isDroppable: true });
  }

  return {
    schedule: () => (isTold ? look() : undefined),
    look,
    announce() {
      isTold = true;
      const { install: _unknownYet, ...early } = look();
      tell(early);
      tell(look());
    },
  };
}
