import type { Entry, Message, TranscriptRecord } from "./entry.ts";

/** What is added to a transcript; the store gives it its place. */
export interface NewRecord {
  readonly id: string;
  readonly recordedAt: number;
  readonly runId?: string;
  readonly idempotencyKey?: string;
  readonly message: Message;
  /** Plain text for the search; empty when there is none. */
  readonly text: string;
}

/** A leaf of a transcript that was rewound: the last message of each branch. */
export interface BranchLeaf {
  readonly leaf: TranscriptRecord;
  readonly messageCount: number;
  readonly isActive: boolean;
}

export interface SearchHit {
  readonly transcriptId: string;
  readonly record: TranscriptRecord;
  readonly snippet: string;
  readonly score: number;
}

/** Keeps entries and transcripts. What a promise resolved for survives a power cut. */
export interface SessionStore {
  loadEntries(): Promise<readonly Entry[]>;
  /** `isCovered`: a later write of the same work makes it good after a power cut. */
  saveEntry(entry: Entry, isCovered?: boolean): Promise<void>;
  /** Writes the active branch to a file, one JSON message per line, compressed. */
  archive(transcriptId: string, file: string): Promise<void>;
  /** Removes the entry, and its transcripts when asked to. */
  deleteEntry(key: string, transcriptIds: readonly string[]): Promise<void>;
  /**
   * Adds a message after the active leaf and saves the entry beside it. With an idempotency key that the transcript
   * has already, nothing changes and the record that is there comes back. What belongs to a run is covered by the
   * end of the run, which is on record elsewhere.
   */
  append(
    transcriptId: string,
    record: NewRecord,
    entry: Entry,
  ): Promise<{ readonly record: TranscriptRecord; readonly isNew: boolean }>;
  /** Messages of the active branch with `seq < before`, oldest first, at most `limit` of the newest. */
  page(transcriptId: string, limit: number, before?: number): Promise<readonly TranscriptRecord[]>;
  /** Messages of the active branch with `seq > after`, oldest first. */
  since(transcriptId: string, after: number, limit: number): Promise<readonly TranscriptRecord[]>;
  /** How many messages the active branch has, and the last place in the order of writing. */
  extent(transcriptId: string): Promise<{ readonly messages: number; readonly lastRawSeq: number }>;
  find(transcriptId: string, messageId: string): Promise<TranscriptRecord | undefined>;
  branches(transcriptId: string): Promise<readonly BranchLeaf[]>;
  /** Makes the branch that ends in this message the active one; `undefined` is the empty branch. */
  activate(transcriptId: string, leafId: string | undefined): Promise<void>;
  /** Copies the active branch up to this `seq` into a new transcript. */
  copy(fromId: string, toId: string, throughSeq: number, makeId: () => string): Promise<void>;
  search(
    match: string,
    transcriptIds: readonly string[] | undefined,
    limit: number,
  ): Promise<readonly SearchHit[]>;
  /** Bytes that everything takes together. */
  sizeBytes(): Promise<number>;
  /** Small documents of the sessions' own (groups, cards, boards …), by scope and name. */
  readDocument(scope: string, name: string): Promise<unknown>;
  writeDocument(scope: string, name: string, value: unknown): Promise<void>;
}
