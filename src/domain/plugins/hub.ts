/** The shop for plugins in the network. */
export interface Hub {
  readonly host: string;
  /** Why it cannot be read now: the whole chain of causes, and the innermost alone. */
  failure(): Promise<HubFailure>;
}

export interface HubFailure {
  readonly chain: string;
  readonly cause: string;
}
