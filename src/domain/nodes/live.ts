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
  hostStats: unknown;
}

/** What a node both declares and was approved for. */
export function effectiveSurface(declared: NodeSurface, approved: NodeSurface | undefined): NodeSurface {
  if (approved === undefined) return { caps: [], commands: [] };
  const both = (left: readonly string[], right: readonly string[]) =>
    left.filter((item) => right.includes(item));
  return {
    caps: both(declared.caps, approved.caps),
    commands: both(declared.commands, approved.commands),
  };
}

/** Whether a node declares anything that nobody approved yet. */
export function isWider(declared: NodeSurface, approved: NodeSurface | undefined): boolean {
  if (approved === undefined) return true;
  const beyond = (left: readonly string[], right: readonly string[]) =>
    left.some((item) => !right.includes(item));
  return beyond(declared.caps, approved.caps) || beyond(declared.commands, approved.commands);
}

export function sameSurface(left: NodeSurface, right: NodeSurface): boolean {
  const key = (surface: NodeSurface) =>
    JSON.stringify([surface.caps.toSorted(), surface.commands.toSorted(), surface.permissions ?? {}]);
  return key(left) === key(right);
}
