import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import { type ConfigSource, section } from "../config/index.ts";
import type { Plugins, Shown } from "./index.ts";
import type { Manifest } from "./manifest.ts";
import { isEnabled } from "./roster.ts";
import { STARTERS } from "./starters.ts";

export interface PluginsOptions {
  readonly config: ConfigSource;
  /** Whether this gateway has a handler for the method. */
  readonly answers: (method: string) => boolean;
  /** What clients may be told of, in the reference's order. */
  readonly methods: readonly string[];
}

/** compat(plugins/bundled): a gateway that has just come up has put its plugins in force twice. */
const FIRST_GENERATION = 2;

export function createPlugins({ config, answers, methods }: PluginsOptions): Plugins {
  let generation = FIRST_GENERATION;
  const owners = new Map(
    STARTERS.flatMap((manifest) => (manifest.contributes?.methods ?? []).map((method) => [method, manifest])),
  );

  const isInForce = (manifest: Manifest): boolean =>
    isEnabled(manifest, section(config.current(), "plugins")) &&
    (manifest.contributes?.methods ?? []).every(answers);
  const inForce = (): readonly Manifest[] => STARTERS.filter(isInForce);

  function shownBy<T>(pick: (manifest: Manifest) => readonly T[] | undefined): readonly Shown<T>[] {
    return inForce().flatMap((plugin) => (pick(plugin) ?? []).map((shown) => ({ plugin, shown })));
  }

  function isDormant(method: string): boolean {
    const owner = owners.get(method);
    return owner !== undefined && !isInForce(owner);
  }

  return {
    loaded: () => inForce().map(({ id }) => id),
    isLoaded: (pluginId) => inForce().some(({ id }) => id === pluginId),
    isEnabled: (manifest) => isEnabled(manifest, section(config.current(), "plugins")),
    linkReaders: () => shownBy(({ contributes }) => contributes?.linkReaders),
    widgetKinds: () => shownBy(({ contributes }) => contributes?.widgetKinds),
    surfaces: () => inForce().flatMap(({ contributes }) => contributes?.surfaces ?? []),
    isDormant,
    methods: () => methods.filter((method) => !isDormant(method)),
    version: REFERENCE_VERSION,
    get generation() {
      return generation;
    },
    advance: () => (generation += 1),
    async all() {
      const { OFFICIAL, RESTING } = await import("./inventory.ts");
      return [...STARTERS, ...RESTING, ...OFFICIAL];
    },
  };
}
