import {
  nodePairApprove,
  nodePairList,
  nodePairReject,
  nodePairRemove,
} from "../../../schemas/methods/node/pair.ts";
import { mayManage } from "../../domain/devices/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(nodePairList, ({ deps: { nodes } }) => {
    const { pending, paired } = nodes.pairings();
    return { pending: [...pending], paired: [...paired] };
  }),
  method(nodePairApprove, async ({ caller, params: { requestId }, deps: { nodes } }) => ({
    requestId,
    node: await nodes.approve(requestId, caller.scopes),
  })),
  method(nodePairReject, ({ params: { requestId }, deps: { nodes } }) => nodes.reject(requestId)),
  method(nodePairRemove, async ({ caller, params: { nodeId }, deps: { nodes, devices } }) => {
    const isOperator = devices.get(nodeId)?.roles.includes("operator") === true;
    const isAdmin = caller.scopes.includes("operator.admin");
    // A device that also is an operator is more than a node: taking its role is not the business of others.
    if (!isAdmin && (isOperator || !mayManage(nodeId, caller))) {
      throw invalidRequest("node pairing removal denied");
    }
    await nodes.remove(nodeId);
    return { nodeId };
  }),
] satisfies Method[];
