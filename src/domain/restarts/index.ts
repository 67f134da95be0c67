import { POLICY } from "../../../schemas/policy.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { Blocker } from "../suspension/index.ts";

export interface Preflight {
  readonly safe: boolean;
  readonly counts: Record<string, number>;
  readonly blockers: Blocker[];
  readonly summary: string;
}

export interface RestartRequest {
  readonly reason?: string;
  /** Does not wait for what goes on. */
  readonly skipsDeferral: boolean;
}

export interface RestartAnswer {
  readonly ok: true;
  readonly status: "scheduled" | "deferred" | "coalesced";
  readonly preflight: Preflight;
  readonly restart: {
    readonly ok: true;
    readonly pid: number;
    readonly signal: "SIGUSR2";
    readonly reason: string;
    readonly mode: "emit";
    readonly cooldownMsApplied: number;
    readonly delayMs: number;
    readonly coalesced: boolean;
    readonly emitHooksQueued: false;
  };
}

/** A new beginning of the gateway in the same process, when somebody asks for it and nothing is cut off by it. */
export interface Restarts {
  /** What a restart would interrupt now. */
  preflight(): Preflight;
  request(request: RestartRequest): RestartAnswer;
  /** Settles with the reason when it is time. Who runs the gateway closes it then, and opens another. */
  readonly due: Promise<string>;
  stop(): void;
}

const REASON_DEFAULT = "gateway.restart.safe";

export function createRestarts(parts: {
  readonly clock: Clock;
  readonly blockers: () => readonly Blocker[];
  /** When the gateway before this one ended for a restart, on the same clock. */
  readonly restartedAt: number | undefined;
}): Restarts {
  const { clock, restartedAt } = parts;
  const { promise: due, resolve } = Promise.withResolvers<string>();
  let pending: { readonly dueAt: number; skipsDeferral: boolean } | undefined;
  let timer: Timer | undefined;

  function preflight(): Preflight {
    const blockers = parts.blockers();
    const countOf = (kind: string): number => blockers.find((one) => one.kind === kind)?.count ?? 0;
    const [embeddedRuns, cronRuns] = [countOf("chat-run"), countOf("cron-run")];
    const reasons = blockers.map(({ message }) => message).join("; ");
    return {
      safe: blockers.length === 0,
      counts: {
        activeTasks: 0,
        backgroundExecSessions: 0,
        cronRuns,
        embeddedRuns,
        pendingReplies: 0,
        queueSize: 0,
        rootRequests: 0,
        totalActive: embeddedRuns + cronRuns,
      },
      blockers: blockers.map((blocker) => ({ ...blocker })),
      summary: blockers.length === 0 ? "safe to restart now" : `restart deferred: ${reasons}`,
    };
  }

  /** Looks again and again until nothing goes on, or it has waited long enough. */
  function begin(reason: string, deadline: number): void {
    const mayNot = pending?.skipsDeferral !== true && parts.blockers().length > 0;
    if (mayNot && clock.elapsed() < deadline) {
      timer = clock.after(POLICY.restartPollMs, () => begin(reason, deadline));
      return;
    }
    resolve(reason);
  }

  return {
    due,
    preflight,
    request({ reason = REASON_DEFAULT, skipsDeferral }) {
      const now = clock.elapsed();
      const found = preflight();
      const cooldown =
        restartedAt === undefined ? 0 : Math.max(0, Math.round(restartedAt + POLICY.restartCooldownMs - now));
      const isCoalesced = pending !== undefined;
      pending ??= { dueAt: now + cooldown, skipsDeferral };
      pending.skipsDeferral ||= skipsDeferral;
      if (!isCoalesced) {
        timer = clock.after(Math.max(cooldown, POLICY.restartAnswerMs), () =>
          begin(reason, clock.elapsed() + POLICY.restartDeferralMs),
        );
      }
      const isNow = skipsDeferral || found.safe;
      return {
        ok: true,
        status: isCoalesced ? "coalesced" : isNow ? "scheduled" : "deferred",
        preflight: found,
        restart: {
          ok: true,
          pid: process.pid,
          signal: "SIGUSR2",
          reason,
          mode: "emit",
          cooldownMsApplied: cooldown,
          delayMs: Math.max(0, Math.round(pending.dueAt - now)),
          coalesced: isCoalesced,
          emitHooksQueued: false,
        },
      };
    },
    stop: () => timer?.cancel(),
  };
}
