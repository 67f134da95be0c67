import type { Config } from "./config.ts";
import type { Snapshot } from "./snapshot.ts";

export type * from "./config.ts";
export { parseFrontMatter } from "./front-matter.ts";
export { isRecord, type JsonRecord, section } from "./record.ts";
export type { ConfigIssue, Snapshot } from "./snapshot.ts";
export { list, text } from "./values.ts";

/** What a reload did. */
export interface ConfigChange {
  /** Where the file differs. */
  readonly changedPaths: readonly string[];
  /** The keys that took effect. */
  readonly hotPaths: readonly string[];
  /** The keys that only a restart brings into force. */
  readonly restartPaths: readonly string[];
}

/** The configuration in force. A reload that does not parse keeps the last good one. */
export interface ConfigSource {
  /** Frozen; a reload replaces the object, so do not hold on to it across awaits. */
  current(): Config;
  /** What stands in the file behind `current()`, for diagnostics. */
  snapshot(): Snapshot;
  /** The file it was read from, whether or not it exists. */
  readonly path: string;
  readonly stateDir: string;
  /** Calls back after each reload that was accepted. Returns the way to stop listening. */
  onChange(listener: (next: Config, previous: Config, change: ConfigChange) => void): () => void;
  /** Reads the file as it is now, whether or not it may come into force. */
  read(): Promise<Snapshot>;
  /** What a configuration would be taken for: includes resolved already, nothing written. */
  check(value: unknown): Promise<Pick<Snapshot, "authored" | "source" | "issues" | "warnings">>;
  /** Replaces the file by this text, which was checked, and brings it into force as a reload does. */
  replace(text: string): Promise<ConfigChange>;
  /** Reads the secrets behind the configuration in force anew. Rejects, and changes nothing, when one is not there. */
  refreshSecrets(): Promise<void>;
  /** The value behind a reference to a secret, or behind a text that stands for one. */
  reveal(value: unknown): Promise<string | undefined>;
  /** An opaque mark that changes with the text, and from which nothing can be read. */
  fingerprint(text: string): Promise<string>;
}
