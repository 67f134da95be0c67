import { closeSync, fdatasync, fdatasyncSync, openSync } from "node:fs";

/** Told when the sync is over, with what went wrong if something did. */
type Told = (error: Error | null) => void;

/** Brings what was written to the disk, and says when it is there. */
export interface LogSync {
  /** Calls back once everything that was written before this call would survive a power cut. */
  after(told: Told): void;
  /** The same before the next line. */
  now(): void;
  close(): void;
}

/**
 * Syncs SQLite's log beside the event loop. Left to SQLite, the sync would be a part of the commit, and for the
 * milliseconds of a disk nothing else would move. One sync is under way at a time: who asks meanwhile shares the next.
 */
export function openLogSync(file: string): LogSync {
  const fd = openSync(file, "r+");
  let waiting: Told[] = [];
  let isUnderWay = false;
  let isClosed = false;

  const begin = (): void => {
    const covered = waiting;
    waiting = [];
    isUnderWay = true;
    fdatasync(fd, (error) => {
      isUnderWay = false;
      if (waiting.length > 0) begin();
      else if (isClosed) closeSync(fd);
      for (const told of covered) told(error);
    });
  };

  return {
    after(told) {
      waiting.push(told);
      if (!isUnderWay) begin();
    },
    now: () => fdatasyncSync(fd),
    close() {
      isClosed = true;
      if (!isUnderWay) closeSync(fd);
    },
  };
}

/** For a database in memory there is nothing to wait for. */
export const NO_LOG: LogSync = { after: (told) => told(null), now: () => {}, close: () => {} };
