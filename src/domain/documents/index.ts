/** Small settings that are one JSON value each, by scope and name; the scope is the noun that owns them. */
export interface Documents {
  /** What was written last; the owner of the scope knows its shape. */
  read(scope: string, name: string): Promise<unknown>;
  /** Resolves when it is durable; `undefined` removes it. */
  write(scope: string, name: string, value: unknown): Promise<void>;
  /** The names of a scope that hold something, sorted. */
  names(scope: string): Promise<readonly string[]>;
}
