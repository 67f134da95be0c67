/** A model of a configured provider. */
export interface Model {
  readonly provider: string;
  readonly id: string;
  readonly name: string;
  readonly reasoning: boolean;
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly input: readonly string[];
}

export interface Models {
  list(): readonly Model[];
  /** `provider/id`, split and looked up. */
  resolve(reference: string): Model | undefined;
}
