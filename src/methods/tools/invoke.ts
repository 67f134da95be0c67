import { toolsInvoke } from "../../../schemas/methods/tools/invoke.ts";
import { agentsFor } from "../../domain/tools/agents-list.ts";
import { callTool } from "../../domain/tools/call.ts";
import { ignored } from "../ignored.ts";
import { type Method, method } from "../method.ts";
import { mustFitParams } from "../target.ts";

const invoke: Method = {
  ...method(toolsInvoke, async ({ params, caller, deps, signal }) => {
    ignored(params, ["confirm", "idempotencyKey", "conversationReadOrigin"]);
    const { name: toolName, args = {}, sessionKey } = params;
    const failed = (code: string, message: string) => ({
      ok: false as const,
      toolName,
      error: { code, message },
    });
    const done = (text: string, details: unknown) => ({
      ok: true as const,
      toolName,
      output: { content: [{ type: "text" as const, text }], details },
      source: "core" as const,
    });
    if (params.agentId !== undefined && deps.agents.get(params.agentId) === undefined)
      return failed("validation_error", `Unknown agent id "${params.agentId}"`);
    const named = sessionKey?.startsWith("agent:") ? sessionKey.split(":", 2)[1] : undefined;
    const agentId = named ?? params.agentId ?? deps.agents.defaultId;
    if (toolName === "agents_list") {
      const details = agentsFor(agentId, deps.agents, deps.config.current().agents.defaults.model.primary);
      return done(JSON.stringify(details, null, 2), details);
    }
    const who = {
      agentId,
      sessionKey: deps.sessions.canonicalKey(sessionKey ?? "main", agentId),
      isOwner: caller.scopes.includes("operator.admin"),
    };
    const outcome = await callTool(deps, who, { name: toolName, args, signal });
    if (outcome.kind === "missing") return failed("not_found", `Tool not available: ${toolName}`);
    if (outcome.kind === "failed") return failed("internal_error", outcome.message);
    return done(outcome.text, outcome.details);
  }),
  /** compat(TL3): a key and an agent that do not belong together are refused before all else. */
  prepare(params) {
    mustFitParams(params);
    return params;
  },
};

export default [invoke];
