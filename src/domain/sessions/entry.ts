/** One chat session, as stored. The wire row is projected from it; see `Sessions.row`. Times are epoch ms. */
export interface Entry {
  readonly key: string;
  readonly sessionId: string;
  readonly agentId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly createdVia: string;
  readonly lifecycleRevision: string;
  readonly label?: string;
  readonly displayName?: string;
  readonly parentSessionKey?: string;
  readonly archivedAt?: number;
  readonly pinnedAt?: number;
  readonly systemSent?: boolean;
  readonly lastInteractionAt?: number;
  /** The state of the last run: `running`, `done`, `failed`, `killed`, `timeout`. */
  readonly status?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly runtimeMs?: number;
  readonly lastRunId?: string;
  readonly abortedLastRun?: boolean;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly totalTokens?: number;
  readonly estimatedCostUsd?: number;
  readonly modelOverride?: string;
  readonly providerOverride?: string;
  readonly thinkingLevel?: string;
  /** Fields of the wire entry that no code of ours reads, kept as the client set them. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A transcript message in the wire's own shape: `role`, `content`, `timestamp`, and what the role adds. */
export interface Message {
  readonly role: "user" | "assistant" | "toolResult" | "system" | "custom";
  readonly content: unknown;
  readonly timestamp: number;
  readonly [member: string]: unknown;
}

/** A message with its place in the transcript. `seq` starts at 1 and has no gaps. */
export interface TranscriptRecord {
  readonly id: string;
  readonly seq: number;
  readonly recordedAt: number;
  readonly runId?: string;
  readonly idempotencyKey?: string;
  readonly message: Message;
}
