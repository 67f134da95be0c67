/** Paired devices and their tokens. Filled by the pairing work; see `src/auth`. */
export interface Devices {
  /** The wire payload of `device.pair.list`. */
  list(): Promise<Record<string, unknown>>;
}
