import type { RequestFrame } from "../../schemas/frames.ts";
import type { CallHints } from "../domain/telemetry/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Dispatcher, Reply } from "./dispatch.ts";

/** Who is told of calls. */
export interface CallObserver {
  rpcReceived(method: string, hints: CallHints): void;
  rpcAnswered(method: string, seconds: number, outcome: "ok" | "error", hints: CallHints): void;
}

/** The same dispatcher, with every call and its first answer told to an observer. */
export function observed(
  dispatcher: Dispatcher,
  observer: CallObserver,
  options: { readonly clock: Pick<Clock, "elapsed">; readonly isKnown: (method: string) => boolean },
): Dispatcher {
  return {
    dispatch(request, caller, signal, reply) {
      // A name that a client made up is no label.
      const method = options.isKnown(request.method) ? request.method : "unknown";
      const hints = hintsOf(method, request);
      const receivedAt = options.clock.elapsed();
      let isAnswered = false;
      const answered = (outcome: "ok" | "error"): void => {
        if (isAnswered) return;
        isAnswered = true;
        observer.rpcAnswered(method, (options.clock.elapsed() - receivedAt) / 1000, outcome, hints);
      };
      const told: Reply = {
        first(payload) {
          reply.first(payload);
          answered("ok");
        },
        ok(payload) {
          reply.ok(payload);
          answered("ok");
        },
        error(error, payload) {
          reply.error(error, payload);
          answered("error");
        },
        roleError(error) {
          reply.roleError(error);
          answered("error");
        },
      };
      observer.rpcReceived(method, hints);
      dispatcher.dispatch(request, caller, signal, told);
    },
  };
}

/** Methods that begin a run name it by their idempotency key. */
function hintsOf(method: string, { params, traceparent }: RequestFrame): CallHints {
  const idempotencyKey =
    typeof params === "object" && params !== null && "idempotencyKey" in params
      ? params.idempotencyKey
      : undefined;
  return {
    method,
    ...(typeof idempotencyKey === "string" ? { runId: idempotencyKey } : {}),
    ...(traceparent === undefined ? {} : { traceparent }),
  };
}
