/** For what cannot happen. A failure is a bug of ours, so it is an ordinary Error and never reaches a client. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
