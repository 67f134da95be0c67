import type { DeferredTool } from "../deferred-tool.ts";
import { historyTool } from "./history.ts";
import { listTool, searchTool } from "./list.ts";
import type { SessionToolParts } from "./parts.ts";
import { sendTool } from "./send.ts";
import { agentsListTool, spawnTool, subagentsTool } from "./spawn.ts";
import { statusTool } from "./status.ts";

export { systemTool } from "./system.ts";
export { yieldTool } from "./yield.ts";

/** The tools for other sessions and for agents of one's own. */
export function sessionTools(parts: SessionToolParts): readonly DeferredTool[] {
  return [
    agentsListTool(parts),
    statusTool(parts),
    historyTool(parts),
    listTool(parts),
    searchTool(parts),
    sendTool(parts),
    spawnTool(parts),
    subagentsTool(parts),
  ];
}
