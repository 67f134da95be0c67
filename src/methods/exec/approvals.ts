import {
  execApprovalsGet,
  execApprovalsNodeGet,
  execApprovalsNodeSet,
  execApprovalsSet,
} from "../../../schemas/methods/exec/approvals.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(execApprovalsGet, async ({ deps }) => ({ ...(await deps.execPolicy.get()) })),
  method(execApprovalsSet, async ({ params, deps }) => ({
    ...(await deps.execPolicy.set(params.file, params.baseHash)),
  })),
  method(execApprovalsNodeGet, ({ params, deps, signal }) =>
    ask(deps, params.nodeId, "system.execApprovals.get", {}, signal),
  ),
  method(execApprovalsNodeSet, ({ params, deps, signal }) => {
    const { nodeId, ...change } = params;
    return ask(deps, nodeId, "system.execApprovals.set", change, signal);
  }),
] satisfies Method[];

/** The policy of a node is the node's; we carry the question there. */
async function ask(
  { nodes, ids }: Deps,
  nodeId: string,
  command: string,
  params: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const isThere = nodes.list(false).some((node) => node["nodeId"] === nodeId && node["connected"] === true);
  if (!isThere) {
    const nodeError = { code: "NOT_CONNECTED", message: "node not connected" };
    throw new ProtocolError("UNAVAILABLE", `${nodeError.code}: ${nodeError.message}`, {
      details: { nodeError, nodeCommandDispatched: false },
      retryable: false,
    });
  }
  const request = { nodeId, command, params, idempotencyKey: ids.uuid() };
  const { payload } = await nodes.invoke(request, signal);
  return payload;
}
