import {
  nodePendingAck,
  nodePendingDrain,
  nodePendingEnqueue,
  nodePendingPull,
} from "../../../schemas/methods/node/pending.ts";
import { POLICY } from "../../../schemas/policy.ts";
import { nodeIdOf } from "../../domain/nodes/index.ts";
import { type Method, method } from "../method.ts";

const DRAIN_ITEMS_DEFAULT = 4;

export default [
  // Actions for the app in the foreground are queued by features that the gateway does not have, so there are none.
  method(nodePendingPull, ({ caller, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    nodes.assertApproved(nodeId, "invocation");
    return { nodeId, actions: [] };
  }),
  method(nodePendingAck, ({ caller, params: { ids }, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    nodes.assertApproved(nodeId, "invocation");
    return { nodeId, ackedIds: ids, remainingCount: 0 };
  }),
  method(nodePendingEnqueue, ({ params, deps: { nodes } }) => {
    const { nodeId, type, priority = "normal", expiresInMs = POLICY.nodeWorkExpiryMs } = params;
    // There is no push service to wake a node with, so `wake` changes nothing.
    return { nodeId, ...nodes.enqueue(nodeId, { type, priority, expiresInMs }), wakeTriggered: false };
  }),
  method(nodePendingDrain, ({ caller, params, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    const { items, ...rest } = nodes.drain(nodeId, params.maxItems ?? DRAIN_ITEMS_DEFAULT);
    return { nodeId, ...rest, items: [...items] };
  }),
] satisfies Method[];
