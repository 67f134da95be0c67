import type { Config } from "./config.ts";

export type { Config } from "./config.ts";

/** The configuration in force. A reload that does not parse keeps the last good one. */
export interface ConfigSource {
  /** Frozen; a reload replaces the object, so do not hold on to it across awaits. */
  current(): Config;
  /** The file it was read from, whether or not it exists. */
  readonly path: string;
  readonly stateDir: string;
  /** Calls back after each reload that was accepted. Returns the way to stop listening. */
  onChange(listener: (next: Config, previous: Config) => void): () => void;
}
