import type { Clock, Timer } from "../../platform/clock.ts";
import type { QueueMode } from "../config/index.ts";
import { tellCancelled } from "./endings.ts";
import type { Acceptance } from "./index.ts";
import { NO_TASK, type RunTask } from "./ledger.ts";
import type { RunOutcome, RunRequest } from "./request.ts";
import type { Abort, Turn } from "./turn.ts";

/** A request that was accepted and has not ended. */
export interface Active {
  readonly request: RunRequest;
  readonly acceptedAt: number;
  startedAt: number | undefined;
  readonly done: PromiseWithResolvers<RunOutcome>;
  readonly signal: AbortSignal;
  mode: QueueMode;
  /** True from the first model call on: messages that come now can join this turn. */
  canSteer: boolean;
  /** It waited in the queue, and its own run is over for clients: the turn goes by another name. */
  isFollowup: boolean;
  /** Messages that will join this turn at the next opportunity. */
  readonly steered: Active[];
  delivering: readonly Active[];
  /** Messages that were queued behind this one and are answered together with it. */
  readonly collected: Active[];
  abortCause: Abort | undefined;
  turn: Turn | undefined;
  /** Everything was told of it, and nobody is shown it as active any more. */
  isConcluded: boolean;
  timer: Timer | undefined;
  /** Its row among the tasks. */
  task: RunTask;
  abort(cause: Abort): void;
}

/** Takes a request in: it can be stopped from now on. */
export function createActive(request: RunRequest, clock: Clock): Active {
  const controller = new AbortController();
  const active: Active = {
    request,
    acceptedAt: request.acceptedAt,
    startedAt: undefined,
    done: Promise.withResolvers<RunOutcome>(),
    signal: controller.signal,
    mode: "steer",
    canSteer: false,
    isFollowup: false,
    steered: [],
    delivering: [],
    collected: [],
    abortCause: undefined,
    turn: undefined,
    isConcluded: false,
    timer: undefined,
    task: NO_TASK,
    abort(cause) {
      if (active.abortCause !== undefined) return;
      active.abortCause = cause;
      if (cause.cause === "client" && active.turn !== undefined) tellCancelled(active, clock.now());
      controller.abort(new Error(`run aborted: ${cause.cause}`));
    },
  };
  return active;
}

/** The name that clients know its turn by. */
export function runIdOf(one: Active): string {
  return one.turn?.request.runId ?? one.request.runId;
}

/** Clients were told its end; that it is put on record as well takes a little longer. */
export function isOver({ turn }: Active): boolean {
  return turn?.broadcast.isOver === true;
}

export function acceptance(status: Acceptance["status"], one: Active): Acceptance {
  return { status, done: one.done.promise, interruptedActiveRun: false };
}
