import { nodeInvoke, nodeInvokeProgress, nodeInvokeResult } from "../../../schemas/methods/node/invoke.ts";
import { nodeIdOf } from "../../domain/nodes/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const TAKEN = { ok: true } as const;
const IGNORED = { ok: true, ignored: true } as const;

export default [
  method(nodeInvoke, ({ params, signal, deps: { nodes } }) => nodes.invoke(params, signal)),
  {
    ...method(nodeInvokeResult, ({ caller, params, deps: { nodes } }) =>
      nodes.settle(params, nodeIdOf(caller)) ? TAKEN : IGNORED,
    ),
    // compat(sweep/node): its members are gathered before they are checked, so a list is an object without them.
    prepare: (params) => (Array.isArray(params) ? {} : params),
  },
  // Nobody listens to progress yet: what waits for a node wants its result.
  method(nodeInvokeProgress, ({ caller, params }) => {
    if (params.nodeId !== nodeIdOf(caller)) throw invalidRequest("nodeId mismatch");
    return IGNORED;
  }),
] satisfies Method[];
