/**
 * Calls back once the input that is ready now has been read. It waits for no time, so it is not the clock's: it lets
 * what arrived together be handled together.
 */
export function afterThisTurn(callback: () => void): void {
  setImmediate(callback);
}

/** Resolves once what was resolved before has been acted upon, and the input that is ready now has been read. */
export function turnEnd(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
