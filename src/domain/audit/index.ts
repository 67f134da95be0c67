export interface AuditQuery {
  readonly agentId?: string;
  readonly sessionKey?: string;
  readonly runId?: string;
  readonly kind?: string;
  readonly status?: string;
  readonly direction?: string;
  readonly channel?: string;
  readonly after?: number;
  readonly before?: number;
  /** Only events with a smaller sequence. */
  readonly beforeSequence?: number;
  readonly limit: number;
}

/** What an agent did, without what was said: who, when, where, and how it ended. */
export interface AuditEvent {
  readonly eventId: string;
  readonly sequence: number;
  readonly kind: "agent_run";
  readonly action: "agent.run.started" | "agent.run.finished";
  readonly status: "started" | "succeeded" | "failed" | "cancelled" | "timed_out";
  /** Under which number clients were told of it while it happened. */
  readonly sourceSequence?: number;
  readonly errorCode?: string | undefined;
  readonly actor: { readonly type: "agent"; readonly id: string };
  readonly agentId: string;
  readonly sessionKey: string;
  readonly sessionId?: string;
  readonly runId: string;
  readonly occurredAt: number;
  readonly redaction: "metadata_only";
}

/** The trail of what agents did, the latest first; as far back as the journal of the runs goes. */
export interface Audit {
  list(query: AuditQuery): Promise<{ readonly events: readonly AuditEvent[]; readonly hasMore: boolean }>;
}
