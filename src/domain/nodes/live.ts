import type { HostStats } from "./host-stats.ts";
import type { PluginTool } from "./index.ts";
import type { NodeSurface } from "./record.ts";

/** A node that is connected now. */
export interface LiveNode {
  readonly connId: string;
  readonly connectedAtMs: number;
  readonly pathEnv: string | undefined;
  /** What it declared, cut down to what its system may be asked for. */
  readonly declared: NodeSurface;
  /** What of it was approved: this is what it can be asked to do. */
  effective: NodeSurface;
  pluginTools: readonly PluginTool[];
  skills: readonly unknown[];
  hostStats: HostStats | undefined;
}

/** Capabilities that are nothing without commands of their own go when all of those were refused. */
export function usableCaps(declared: NodeSurface, commands: readonly string[]): readonly string[] {
  const serves = (cap: string, command: string): boolean => command.startsWith(`${cap}.`);
  return declared.caps.filter((cap) => {
    const own = declared.commands.filter((command) => serves(cap, command));
    // A canvas is a surface as well: it can be shown without a command.
    return own.length === 0 || cap === "canvas" || commands.some((command) => serves(cap, command));
  });
}

/** What a node both declares and was approved for. */
export function effectiveSurface(declared: NodeSurface, approved: NodeSurface | undefined): NodeSurface {
  if (approved === undefined) return { caps: [], commands: [] };
  const both = (left: readonly string[], right: readonly string[]) =>
    left.filter((item) => right.includes(item));
  return {
    caps: both(declared.caps, approved.caps),
    commands: both(declared.commands, approved.commands),
    ...effectivePermissions(declared, approved),
  };
}

/** A node that says nothing of permissions keeps those it was approved with; one that does can only give up some. */
function effectivePermissions(
  declared: NodeSurface,
  approved: NodeSurface,
): Pick<NodeSurface, "permissions"> {
  if (declared.permissions === undefined) {
    return approved.permissions === undefined ? {} : { permissions: approved.permissions };
  }
  const permissions: Record<string, boolean> = {};
  for (const [name, isGranted] of Object.entries(declared.permissions)) {
    permissions[name] = isGranted && approved.permissions?.[name] === true;
  }
  return { permissions };
}

/** Whether a node declares anything that nobody approved yet. */
export function isWider(declared: NodeSurface, approved: NodeSurface | undefined): boolean {
  if (approved === undefined) return true;
  const beyond = (left: readonly string[], right: readonly string[]) =>
    left.some((item) => !right.includes(item));
  const permitsMore = Object.entries(declared.permissions ?? {}).some(
    ([name, isGranted]) => isGranted && approved.permissions?.[name] !== true,
  );
  return permitsMore || beyond(declared.caps, approved.caps) || beyond(declared.commands, approved.commands);
}

export function sameSurface(left: NodeSurface, right: NodeSurface): boolean {
  const key = (surface: NodeSurface) =>
    JSON.stringify([surface.caps.toSorted(), surface.commands.toSorted(), surface.permissions ?? {}]);
  return key(left) === key(right);
}

/** Tools that a node offers to agents: each name once, and only those that a command it may be asked for carries. */
export function offeredTools(tools: readonly PluginTool[], commands: readonly string[]): PluginTool[] {
  const names = new Set<string>();
  return tools.flatMap((tool) => {
    const { pluginId, name, command, parameters = ANY_PARAMETERS, ...rest } = tool;
    if (command === undefined || !commands.includes(command) || names.has(name)) return [];
    names.add(name);
    return [{ pluginId, name, ...rest, parameters, command }];
  });
}

const ANY_PARAMETERS = { type: "object", properties: {}, additionalProperties: true };
