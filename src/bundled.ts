import type { ConfigSource } from "./domain/config/index.ts";
import { createPlugins, createSurfaces, type Plugins, type Surfaces } from "./domain/plugins/index.ts";
import { TOPICS } from "./methods/registry.gen.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";

export interface Bundled {
  readonly plugins: Plugins;
  readonly surfaces: Surfaces;
}

/** Puts together what the reference ships as plugins: which are in force, and the tickets to their pages. */
export function composeBundled(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
}): Bundled {
  return {
    plugins: createPlugins({ config: parts.config, answers: (method) => Object.hasOwn(TOPICS, method) }),
    surfaces: createSurfaces(parts),
  };
}
