/** One complaint about a configuration, in the words that the reference prints. */
export interface ConfigIssue {
  /** Dotted; the empty string is the whole file. */
  readonly path: string;
  readonly message: string;
  readonly allowedValues?: readonly string[];
  readonly allowedValuesHiddenCount?: number;
}

/** A configuration file as it was found: what was typed, what it means, and what is wrong with it. */
export interface Snapshot {
  readonly path: string;
  readonly exists: boolean;
  /** The text of the file; null when there is none. */
  readonly raw: string | null;
  /** As typed: no include followed, no variable replaced. */
  readonly parsed: unknown;
  /** Includes followed, variables replaced, nothing added. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Absolute paths of the files that were included. */
  readonly includedPaths: readonly string[];
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigIssue[];
}
