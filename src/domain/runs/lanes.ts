/** Lets a bounded number of holders in at once; the others wait in the order in which they came. */
export interface Lanes {
  /** Resolves with the way to leave. Rejects when the signal aborts while waiting. */
  enter(signal: AbortSignal): Promise<() => void>;
  readonly held: number;
}

export function createLanes(width: number): Lanes {
  let held = 0;
  const waiting: (() => void)[] = [];

  const leaveOnce = () => {
    let isLeft = false;
    return () => {
      if (isLeft) return;
      isLeft = true;
      held -= 1;
      waiting.shift()?.();
    };
  };

  return {
    get held() {
      return held;
    },
    enter(signal) {
      signal.throwIfAborted();
      if (held < width) {
        held += 1;
        return Promise.resolve(leaveOnce());
      }
      const { promise, resolve, reject } = Promise.withResolvers<() => void>();
      const proceed = () => {
        signal.removeEventListener("abort", giveUp);
        held += 1;
        resolve(leaveOnce());
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(proceed), 1);
        reject(signal.reason);
      };
      waiting.push(proceed);
      signal.addEventListener("abort", giveUp, { once: true });
      return promise;
    },
  };
}
