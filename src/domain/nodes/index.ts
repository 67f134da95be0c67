/** Device nodes that paired, connected or not. */
export interface Nodes {
  /** The wire rows of `node.list`. */
  list(): Promise<readonly Record<string, unknown>[]>;
}
