import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** Params are looked at one by one, in the order in which they are needed. */
const look = { access: "operator.read", sideEffects: false, params: null, result: Type.Never() } as const;
const change = { access: "operator.write", sideEffects: true, params: null, result: Type.Never() } as const;

export const mcpAppView = contract({ method: "mcp.app.view", ...look });
export const mcpAppListTools = contract({ method: "mcp.app.listTools", ...look });
export const mcpAppListResources = contract({ method: "mcp.app.listResources", ...look });
export const mcpAppListResourceTemplates = contract({ method: "mcp.app.listResourceTemplates", ...look });
export const mcpAppReadResource = contract({ method: "mcp.app.readResource", ...look });
export const mcpAppCallTool = contract({ method: "mcp.app.callTool", ...change });
export const mcpAppUpdateModelContext = contract({ method: "mcp.app.updateModelContext", ...change });
