import { migrationsMemoryApply, migrationsMemoryPlan } from "../../../schemas/methods/migrations/memory.ts";
import type { Agent } from "../../domain/agents/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(migrationsMemoryPlan, async ({ params, deps }) => {
    const agent = knownAgent(params.agentId, deps);
    const providers = await deps.migrations.plan(agent, params.overwrite === true);
    return { agentId: agent.id, workspace: agent.workspace, providers };
  }),
  method(migrationsMemoryApply, async ({ params, deps }) => {
    const { agentId, ...chosen } = params;
    return await deps.migrations.apply(knownAgent(agentId, deps), chosen);
  }),
] satisfies Method[];

function knownAgent(agentId: string, deps: Deps): Agent {
  const agent = deps.agents.get(agentId.trim().toLowerCase());
  if (agent === undefined) throw invalidRequest("unknown agent id");
  return agent;
}
