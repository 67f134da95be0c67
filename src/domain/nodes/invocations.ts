import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { parseJson } from "../../platform/json.ts";
import type { Publisher } from "../events.ts";
import type { InvokeAnswer, InvokeRequest, NodeResult } from "./index.ts";

const RUN = "system.run";

interface Waiting {
  readonly nodeId: string;
  readonly connId: string;
  readonly command: string;
  settle(result: Pick<NodeResult, "ok" | "payload" | "payloadJSON" | "error">): void;
}

/** Requests that were relayed to nodes and wait for their results. */
export interface Invocations {
  run(request: InvokeRequest, connId: string, signal: AbortSignal): Promise<InvokeAnswer>;
  settle(result: NodeResult, callerNodeId: string): boolean;
  /** Whether a command runs there under this name; asked for the last time when it has ended. */
  isRunOf(connId: string, runId: unknown, hasEnded: boolean): boolean;
  /** Ends what waits for a connection that is gone. */
  abandon(connId: string): void;
}

export function createInvocations(options: { clock: Clock; ids: Ids; events: Publisher }): Invocations {
  const { clock, ids, events } = options;
  const waiting = new Map<string, Waiting>();
  /** The connections of commands that may still be reported on, by the name they were given. */
  const running = new Map<string, string>();

  /** A command is named for the node, which reports under that name how it goes. */
  function named(request: InvokeRequest, connId: string): unknown {
    const { command, params } = request;
    if (command !== RUN || typeof params !== "object" || params === null || Array.isArray(params))
      return params;
    const runId = "runId" in params && typeof params.runId === "string" ? params.runId : ids.uuid();
    if (running.size >= POLICY.nodeInvocationsMax) running.delete([...running.keys()][0] ?? "");
    running.set(runId, connId);
    return { ...params, runId };
  }

  return {
    run(request, connId, signal) {
      const { nodeId, command, idempotencyKey } = request;
      if (waiting.size >= POLICY.nodeInvocationsMax) {
        throw new ProtocolError("UNAVAILABLE", "too many node invocations are waiting");
      }
      // compat(nodes/invoke): no time at all is told to the node as it is, and means the usual time.
      const timeoutMs = request.timeoutMs ?? POLICY.nodeInvokeTimeoutMs;
      const id = ids.uuid();
      const { promise, resolve, reject } = Promise.withResolvers<InvokeAnswer>();
      const finish = () => {
        timer.cancel();
        waiting.delete(id);
        signal.removeEventListener("abort", finish);
      };
      const timer = clock.after(timeoutMs === 0 ? POLICY.nodeInvokeTimeoutMs : timeoutMs, () => {
        finish();
        reject(nodeFailure({ code: "TIMEOUT", message: "node invoke timed out" }));
      });
      signal.addEventListener("abort", finish, { once: true });
      waiting.set(id, {
        nodeId,
        connId,
        command,
        settle(result) {
          finish();
          if (result.ok) resolve(answerOf(nodeId, command, result));
          else reject(nodeFailure(result.error));
        },
      });
      const params = named(request, connId);
      const paramsJSON = params === undefined ? null : JSON.stringify(params);
      events.publish(
        "node.invoke.request",
        { id, nodeId, command, paramsJSON, timeoutMs, idempotencyKey },
        { connIds: new Set([connId]) },
      );
      return promise;
    },
    settle(result, callerNodeId) {
      if (result.nodeId !== callerNodeId) throw invalidRequest("nodeId mismatch");
      const entry = waiting.get(result.id);
      if (entry === undefined || entry.nodeId !== callerNodeId) return false;
      entry.settle(result);
      return true;
    },
    isRunOf(connId, runId, hasEnded) {
      if (typeof runId !== "string" || running.get(runId) !== connId) return false;
      if (hasEnded) running.delete(runId);
      return true;
    },
    abandon(connId) {
      for (const [runId, owner] of [...running]) if (owner === connId) running.delete(runId);
      for (const entry of [...waiting.values()]) {
        if (entry.connId !== connId) continue;
        const message = `node disconnected (${entry.command})`;
        entry.settle({ ok: false, error: { code: "DISCONNECTED", message } });
      }
    },
  };
}

function answerOf(
  nodeId: string,
  command: string,
  result: Pick<NodeResult, "payload" | "payloadJSON">,
): InvokeAnswer {
  const { payloadJSON } = result;
  // What a node calls JSON and is not is handed on as it came.
  const payload = payloadJSON === undefined ? result.payload : (parseJson(payloadJSON) ?? { payloadJSON });
  return {
    ok: true,
    nodeId,
    command,
    ...(payload === undefined ? {} : { payload }),
    payloadJSON: payloadJSON ?? null,
  };
}

interface NodeError {
  readonly code?: string;
  readonly message?: string;
}

/** The node was asked and said no, or said nothing. Its own words are passed on. */
function nodeFailure(error: NodeError | undefined): ProtocolError {
  const details = { nodeError: error ?? null, nodeCommandDispatched: true };
  const parts = [error?.code, error?.message].filter((part) => part !== undefined);
  const message = parts.length === 0 ? "node invoke failed" : parts.join(": ");
  return new ProtocolError("UNAVAILABLE", message, { details, retryable: false });
}
