import { environmentsList, environmentsStatus } from "../../../schemas/methods/environments/list.ts";
import { hostDesktopSetup } from "../../domain/desktops/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

type Environment = Record<string, unknown>;

/** Where agents can work: this machine, and the nodes that are known. */
export default [
  method(environmentsList, ({ params, deps }) => ({
    // A profile says how to make an environment in a cloud; there is none to make one in.
    environments:
      params.projection === "profiles" ? [] : environments(deps, params.includeDesktopSetup === true),
  })),
  method(environmentsStatus, ({ params, deps }) => {
    const found = environments(deps).find(({ id }) => id === params.environmentId);
    if (found === undefined) throw invalidRequest("unknown environmentId");
    return found;
  }),
] satisfies Method[];

function environments(deps: Deps, withDesktopSetup = false): Environment[] {
  return [
    {
      id: "gateway",
      type: "local",
      label: "Gateway local",
      status: "available",
      trust: "persistent",
      platform: process.platform,
      sessionHost: true,
      capabilities: ["agent.run", "sessions", "tools", "workspace"],
      ...(withDesktopSetup ? { desktopSetup: hostDesktopSetup(deps.config) } : {}),
    },
    ...deps.nodes.list(false).map(nodeEnvironment),
  ];
}

function nodeEnvironment(node: Readonly<Record<string, unknown>>): Environment {
  const { nodeId, displayName, platform, connected, lastSeenAtMs, lastSeenReason, connectedAtMs } = node;
  const shown: Environment = {
    id: `node:${String(nodeId)}`,
    type: "node",
    label: displayName ?? nodeId,
    status: connected === true ? "available" : "unavailable",
    trust: "persistent",
    platform,
    sessionHost: false,
    lastConnectedAtMs: connectedAtMs ?? node["lastConnectedAtMs"],
    lastSeenAtMs,
    lastSeenReason,
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
}
