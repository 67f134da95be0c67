import {
  nodeEvent,
  nodePluginSurfaceRefresh,
  nodePluginToolsUpdate,
  nodeRunnerInventoryUpdate,
  nodeSkillsUpdate,
} from "../../../schemas/methods/node/host.ts";
import { nodeIdOf } from "../../domain/nodes/index.ts";
import { renewTicket } from "../../domain/plugins/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { parseJson } from "../../platform/json.ts";
import { type Method, method } from "../method.ts";

export default [
  method(nodeEvent, ({ caller, params, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    nodes.assertApproved(nodeId, "invocation");
    const { event, payload, payloadJSON } = params;
    const reported = payloadJSON === undefined ? payload : parseJson(payloadJSON);
    return nodes.report(nodeId, caller.connId, event, reported);
  }),
  method(nodePluginSurfaceRefresh, ({ params, caller, deps: { surfaces } }) => ({
    ...renewTicket(surfaces, caller.connId, params["surface"]),
  })),
  method(nodeRunnerInventoryUpdate, ({ caller, params, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    if (!isInventory(params)) throw invalidRequest("invalid node runner inventory");
    nodes.noteInventory(nodeId);
    return { nodeId };
  }),
  method(nodeSkillsUpdate, ({ caller, params: { skills }, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    return { nodeId, skills: [...nodes.setSkills(nodeId, skills)] };
  }),
  method(nodePluginToolsUpdate, ({ caller, params: { tools }, deps: { nodes } }) => {
    const nodeId = nodeIdOf(caller);
    return { nodeId, tools: [...nodes.setPluginTools(nodeId, tools)] };
  }),
] satisfies Method[];

/** What a node host says about the workers it could run: the features of their protocol, and whether it may. */
function isInventory(params: Record<string, unknown>): boolean {
  const { protocolFeatures, workerHost } = params;
  const isList =
    Array.isArray(protocolFeatures) && protocolFeatures.every((item) => typeof item === "string");
  return isList && typeof workerHost === "object" && workerHost !== null && "enabled" in workerHost;
}
