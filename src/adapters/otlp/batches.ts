import type { Clock } from "../../platform/clock.ts";

export interface Batches<Item> {
  add(item: Item): void;
  /** Sends what waits; settles when nothing is under way any more. */
  flush(): Promise<void>;
  stop(): void;
  /** Items that were let go because the receiver was too slow. */
  readonly droppedCount: number;
}

/** Collects items and hands them on in batches, one batch at a time. A full queue refuses what is new. */
export function createBatches<Item>(options: {
  readonly clock: Clock;
  readonly delayMs: number;
  readonly batchMax: number;
  readonly queueMax: number;
  readonly send: (items: readonly Item[]) => Promise<void>;
}): Batches<Item> {
  const queue: Item[] = [];
  let droppedCount = 0;
  let sending: Promise<void> | undefined;

  async function sendAll(): Promise<void> {
    while (queue.length > 0) await options.send(queue.splice(0, options.batchMax));
  }
  const flush = (): Promise<void> => {
    sending ??= sendAll().finally(() => {
      sending = undefined;
    });
    return sending;
  };
  const timer = options.clock.every(options.delayMs, () => void flush());
  return {
    add(item) {
      if (queue.length >= options.queueMax) {
        droppedCount += 1;
        return;
      }
      queue.push(item);
      if (queue.length === options.batchMax) void flush();
    },
    flush,
    stop: () => timer.cancel(),
    get droppedCount() {
      return droppedCount;
    },
  };
}
