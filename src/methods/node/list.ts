import { nodeDescribe, nodeList, nodeRename } from "../../../schemas/methods/node/list.ts";
import { holdsScope } from "../../domain/devices/index.ts";
import { type Method, method } from "../method.ts";

/** Requests are the business of those who may settle them. */
const PAIRING = "operator.pairing";

export default [
  method(nodeList, ({ caller, deps: { nodes, clock } }) => ({
    ts: clock.now(),
    nodes: [...nodes.list(holdsScope(caller.scopes, PAIRING))],
  })),
  method(nodeDescribe, ({ caller, params: { nodeId }, deps: { nodes, clock } }) => ({
    ts: clock.now(),
    ...nodes.describe(nodeId, holdsScope(caller.scopes, PAIRING)),
  })),
  method(nodeRename, async ({ params: { nodeId, displayName }, deps: { nodes } }) => ({
    nodeId,
    displayName: await nodes.rename(nodeId, displayName),
  })),
] satisfies Method[];
