import type { ToolDeclaration } from "../../domain/runs/index.ts";
import type { DeferredTool } from "./deferred-tool.ts";

/** A tool that lives with the client: the model may ask for it, and the turn ends so that the client can run it. */
export function clientTool({ name, description, parameters }: ToolDeclaration): DeferredTool {
  return {
    name,
    label: name,
    description,
    parameters,
    source: "client",
    isCommandBearing: false,
    isInOrder: true,
    describe: () => undefined,
    run: async (args) => {
      const details = { status: "pending", tool: name, message: "Tool execution delegated to client" };
      const text = JSON.stringify(details, null, 2);
      return { text, isError: false, details, clientCall: { name, arguments: args } };
    },
  };
}
