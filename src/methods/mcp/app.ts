import {
  mcpAppCallTool,
  mcpAppListResources,
  mcpAppListResourceTemplates,
  mcpAppListTools,
  mcpAppReadResource,
  mcpAppUpdateModelContext,
  mcpAppView,
} from "../../../schemas/methods/mcp/app.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Call, type Method, method } from "../method.ts";

/** A view is opened by the result of an MCP tool; this gateway calls none, so no view of any id is open. */
export default [
  method(mcpAppView, ({ params }) => {
    checkMembers(params, []);
    throw unavailable("MCP App runtime is unavailable");
  }),
  method(mcpAppListTools, refusal()),
  method(mcpAppListResources, refusal()),
  method(mcpAppListResourceTemplates, refusal()),
  method(mcpAppReadResource, refusal("uri")),
  method(mcpAppCallTool, refusal("toolName")),
  method(mcpAppUpdateModelContext, refusal()),
] satisfies Method[];

function refusal(...first: readonly string[]): (call: Call<Readonly<Record<string, unknown>>>) => never {
  return ({ params }) => {
    checkMembers(params, first);
    throw unavailable("MCP App view expired or is not authorized for this session", "MCP_APP_VIEW_EXPIRED");
  };
}

function checkMembers(params: Readonly<Record<string, unknown>>, first: readonly string[]): void {
  for (const key of [...first, "sessionKey", "viewId"]) {
    const value = params[key];
    if (typeof value !== "string" || value.trim() === "") throw unavailable(`${key} is required`);
  }
}

function unavailable(message: string, code?: string): ProtocolError {
  const details = code === undefined ? {} : { details: { code } };
  return new ProtocolError("UNAVAILABLE", message, { retryable: false, ...details });
}
