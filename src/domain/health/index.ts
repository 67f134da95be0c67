/** The gateway's own account of its state: `health`, `status`, `/readyz`, and the `health` event. */
export interface Health {
  /** The wire payload of `health`. */
  snapshot(): Promise<Record<string, unknown>>;
  readonly version: number;
}
