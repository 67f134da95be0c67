/** An agent of the roster, with its workspace and model settled from the configuration. */
export interface Agent {
  readonly id: string;
  readonly isDefault: boolean;
  readonly name?: string;
  readonly workspace: string;
  /** `provider/model`. */
  readonly model: string;
}

export interface Agents {
  list(): readonly Agent[];
  get(agentId: string): Agent | undefined;
  readonly defaultId: string;
}
