import type { IncludeOrigin } from "./include.ts";
import type { JsonRecord } from "./record.ts";

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
  /** As typed: no include followed, no variable replaced. Null when it could not be read. */
  readonly parsed: unknown;
  /** Includes followed and keys of older releases moved; variables as typed. */
  readonly authored: JsonRecord;
  /** Variables replaced too, nothing added. */
  readonly source: JsonRecord;
  /** Absolute paths of the files that were included. */
  readonly includedPaths: readonly string[];
  readonly origins: readonly IncludeOrigin[];
  /** Empty when the file may be used. */
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigIssue[];
}
