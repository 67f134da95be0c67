import type { Timer } from "../../platform/clock.ts";
import type { QueueMode } from "../config/index.ts";
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
  timer: Timer | undefined;
  abort(cause: Abort): void;
}

/** The runs of one session: one at a time, the others in the order in which they came. */
export interface Line {
  current: Active | undefined;
  readonly waiting: Active[];
  /** Takes the next turn out of the queue; messages to be collected come as one. */
  take(): Active | undefined;
  remove(one: Active): void;
}

export function createLine(): Line {
  const line: Line = {
    current: undefined,
    waiting: [],
    take() {
      const next = line.waiting.shift();
      if (next === undefined || next.mode !== "collect") return next;
      while (line.waiting[0]?.mode === "collect") {
        const other = line.waiting.shift();
        if (other !== undefined) next.collected.push(other);
      }
      return next;
    },
    remove(one) {
      drop(line.waiting, one);
      if (line.current !== undefined) drop(line.current.steered, one);
    },
  };
  return line;
}

function drop(list: Active[], one: Active): void {
  const index = list.indexOf(one);
  if (index >= 0) list.splice(index, 1);
}
