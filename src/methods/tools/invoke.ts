import { toolsInvoke } from "../../../schemas/methods/tools/invoke.ts";
import { agentsFor } from "../../domain/tools/agents-list.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/**
 * The tools that a client may call itself. Those that read and write files or run commands are not among them: they
 * belong to a turn, with its workspace and its approvals.
 */
const CALLABLE: Readonly<Record<string, (deps: Deps, agentId: string) => unknown>> = {
  agents_list: ({ agents, config }, agentId) =>
    agentsFor(agentId, agents, config.current().agents.defaults.model.primary),
};

export default [
  method(toolsInvoke, ({ params, deps }) => {
    const { name: toolName, agentId, sessionKey } = params;
    const failed = (code: string, message: string) => ({
      ok: false as const,
      toolName,
      error: { code, message },
    });
    const run = Object.hasOwn(CALLABLE, toolName) ? CALLABLE[toolName] : undefined;
    if (run === undefined) return failed("not_found", `Tool not available: ${toolName}`);
    if (agentId !== undefined && deps.agents.get(agentId) === undefined) {
      return failed("validation_error", `Unknown agent id "${agentId}"`);
    }
    const named = sessionKey?.startsWith("agent:") ? sessionKey.split(":", 2)[1] : undefined;
    const details = run(deps, named ?? agentId ?? deps.agents.defaultId);
    const text = JSON.stringify(details, null, 2);
    return {
      ok: true as const,
      toolName,
      output: { content: [{ type: "text" as const, text }], details },
      source: "core" as const,
    };
  }),
] satisfies Method[];
