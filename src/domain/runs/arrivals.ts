/**
 * Keeps requests of one session in the order in which they came: each of them waits for writes, and one that has
 * less to write must not be let in before the one ahead of it.
 */
export function createArrivals() {
  const last = new Map<string, Promise<void>>();
  return (sessionKey: string) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = last.get(sessionKey) ?? Promise.resolve();
    last.set(sessionKey, promise);
    return {
      /** Resolves when everybody who came before is in, or was turned away. */
      before,
      leave(): void {
        resolve();
        if (last.get(sessionKey) === promise) last.delete(sessionKey);
      },
    };
  };
}
