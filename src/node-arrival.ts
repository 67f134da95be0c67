import type { ConnectParams } from "../schemas/handshake.ts";
import { machineOf } from "./auth/device-metadata.ts";
import type { NodeArrival } from "./domain/nodes/index.ts";
import type { Caller } from "./methods/method.ts";

/** What a node said in its handshake, in the words of the domain. */
export function nodeArrival(caller: Caller, params: ConnectParams, nodeId: string): NodeArrival {
  const { caps = [], commands = [], permissions, pathEnv } = params;
  return {
    nodeId,
    connId: caller.connId,
    description: { ...machineOf(params, caller), version: params.client.version },
    declared: {
      caps: [...new Set(caps)],
      commands: [...new Set(commands)],
      // An empty record of permissions says nothing.
      ...(permissions === undefined || Object.keys(permissions).length === 0 ? {} : { permissions }),
    },
    ...(pathEnv === undefined ? {} : { pathEnv }),
    isLocal: caller.isLoopback,
  };
}

/** What kind of machine a node is on, as those who look at presence read it; nothing for other peers. */
export function nodeMachine(
  caller: Caller,
  params: ConnectParams,
): { readonly platform?: string; readonly deviceFamily?: string } {
  if (caller.role !== "node") return {};
  const { platform, deviceFamily } = machineOf(params, caller);
  return {
    ...(platform === undefined ? {} : { platform }),
    ...(deviceFamily === undefined ? {} : { deviceFamily }),
  };
}
