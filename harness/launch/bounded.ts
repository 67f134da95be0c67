/** Waiting, always with a bound. */

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** The promise's outcome, or TimedOut. The timer never keeps the process alive. */
export async function within<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`${what}: nothing after ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again until the answer is true; false when the time is over. */
export async function until(isTrue: () => boolean, timeoutMs: number, everyMs = 10): Promise<boolean> {
  const endsAt = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > endsAt) return false;
    await delay(everyMs);
  }
  return true;
}
