import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Agents } from "../agents/index.ts";
import type { Publisher } from "../events.ts";
import type { RunOutcome, Runs } from "../runs/index.ts";
import type { Sessions } from "../sessions/index.ts";

export { heartbeatPlan } from "./plan.ts";

/** What `last-heartbeat` answers and the `heartbeat` event tells. */
export interface HeartbeatStatus {
  readonly ts: number;
  readonly status: "ok-token" | "skipped" | "failed";
  readonly reason?: string;
  readonly message?: string;
  readonly preview?: string;
  readonly durationMs?: number;
  readonly hasMedia?: boolean;
}

/** Something the agent should know of, without a person having said it. */
export interface SystemEvent {
  readonly text: string;
  /** A reminder that was asked for, or a note from outside. */
  readonly kind: "reminder" | "note";
  readonly agentId?: string;
  readonly sessionKey?: string;
}

/** Wakes an agent for what has happened, in its main session unless another is named. */
export interface Heartbeats {
  readonly last: HeartbeatStatus | null;
  readonly isEnabled: boolean;
  setEnabled(isEnabled: boolean): void;
  /** Keeps an event for the next turn of its session's heartbeat. */
  enqueue(event: SystemEvent): "queued" | "coalesced";
  /** What waits to be told in the main session of an agent, the oldest first. */
  waiting(agentId: string): readonly string[];
  /** Wakes the agent now. Resolves when the turn is over; what cannot be done is told in the status. */
  wakeNow(agentId: string | undefined, sessionKey: string | undefined): Promise<void>;
  /** The regular beat: a turn when something waits, otherwise nothing is worth one. */
  beat(agentId: string): Promise<void>;
}

const PREVIEW_CHARS = 200;
const SILENT = /^\s*(?:NO_REPLY|HEARTBEAT_OK)\s*$/;
const NO_ROUTE =
  "Heartbeat has no delivery route yet. Message your bot once, or set agents.defaults.heartbeat.target.";

export function createHeartbeats(parts: {
  readonly runs: Runs;
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly events: Publisher;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
}): Heartbeats {
  const { runs, sessions, agents, clock } = parts;
  const waiting = new Map<string, SystemEvent[]>();
  /** One heartbeat at a time in a session: what comes meanwhile shares the next. */
  const beating = new Map<string, Promise<void>>();
  let last: HeartbeatStatus | null = null;
  let isEnabled = true;

  const tell = (status: Omit<HeartbeatStatus, "ts">): void => {
    last = { ts: clock.now(), ...status };
    parts.events.publish("heartbeat", last);
  };

  const sessionOf = (agentId: string | undefined, sessionKey: string | undefined): string =>
    sessions.canonicalKey(sessionKey ?? "main", agentId ?? agents.defaultId);

  async function turn(sessionKey: string, agentId: string): Promise<void> {
    const events = waiting.get(sessionKey) ?? [];
    waiting.delete(sessionKey);
    if (events.length === 0) return tell({ status: "skipped", reason: "no-route", message: NO_ROUTE });
    const startedAt = clock.now();
    const acceptance = await runs.start({
      runId: parts.ids.uuid(),
      kind: "agent",
      isUnlisted: true,
      sessionKey,
      agentId,
      message: events.map(wording).join("\n\n"),
      acceptedAt: startedAt,
      client: { id: "gateway", mode: "backend" },
    });
    report(await acceptance.done, clock.now() - startedAt);
  }

  /** There is no channel that an answer could go to, so a turn that has something to say ends without a route. */
  function report(outcome: RunOutcome, durationMs: number): void {
    if (outcome.status !== "ok") {
      return tell({ status: "failed", durationMs, ...(outcome.error ? { reason: outcome.error } : {}) });
    }
    if (SILENT.test(outcome.text)) return tell({ status: "ok-token", durationMs });
    const preview = outcome.text.slice(0, PREVIEW_CHARS);
    tell({ status: "skipped", reason: "no-route", message: NO_ROUTE, preview, durationMs, hasMedia: false });
  }

  /** Waits for the turn that is on, and then has its own when something is left to say. */
  async function wakeSession(sessionKey: string, agentId: string): Promise<void> {
    const before = beating.get(sessionKey);
    if (before !== undefined) {
      await before;
      if (!waiting.has(sessionKey)) return;
      return wakeSession(sessionKey, agentId);
    }
    const mine = turn(sessionKey, agentId)
      .catch((error: unknown) =>
        tell({ status: "failed", reason: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => beating.delete(sessionKey));
    beating.set(sessionKey, mine);
    return mine;
  }

  return {
    get last() {
      return last;
    },
    get isEnabled() {
      return isEnabled;
    },
    setEnabled(next) {
      isEnabled = next;
    },
    enqueue(event) {
      const sessionKey = sessionOf(event.agentId, event.sessionKey);
      const before = waiting.get(sessionKey) ?? [];
      // The same word again, right after itself, is one word.
      const newest = before.at(-1);
      if (newest?.text === event.text && newest.kind === event.kind) return "coalesced";
      waiting.set(sessionKey, [...before, event].slice(-POLICY.systemEventsMax));
      return "queued";
    },
    waiting: (agentId) => (waiting.get(sessionOf(agentId, undefined)) ?? []).map(({ text }) => text),
    async wakeNow(agentId, sessionKey) {
      if (!isEnabled) return tell({ status: "skipped", reason: "disabled" });
      const key = sessionOf(agentId, sessionKey);
      await wakeSession(key, agentId ?? agents.defaultId);
    },
    async beat(agentId) {
      if (!isEnabled) return tell({ status: "skipped", reason: "disabled" });
      await wakeSession(sessionOf(agentId, undefined), agentId);
    },
  };
}

function wording(event: SystemEvent): string {
  if (event.kind === "note") return `[system] ${event.text}`;
  return `[reminder] This reminder is due now:\n\n${event.text}\n\nAct on it yourself; nobody has asked for an answer.`;
}
