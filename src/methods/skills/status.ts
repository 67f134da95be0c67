import {
  skillsBins,
  skillsSecurityVerdicts,
  skillsSkillCard,
  skillsStatus,
} from "../../../schemas/methods/skills/status.ts";
import type { Agent } from "../../domain/agents/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(skillsStatus, async ({ params, deps }) => {
    const { agentId, sessionKey } = params;
    if (sessionKey === undefined) return deps.skills.status(agentFor(deps, agentId));
    const session = await deps.sessions.get(sessionKey);
    if (session === undefined) throw invalidRequest("Session not found.");
    return deps.skills.status(agentFor(deps, agentId ?? session.agentId));
  }),
  method(skillsBins, async ({ deps }) => ({ bins: [...(await deps.skills.bins())] })),
  /** Verdicts are given on skills that came from the hub; none of these did. */
  method(skillsSecurityVerdicts, ({ params, deps }) => {
    agentFor(deps, params.agentId);
    return { schema: "openclaw.skills.security-verdicts.v1" as const, items: [] };
  }),
  method(skillsSkillCard, async ({ params, deps }) => {
    const card = await deps.skills.card(agentFor(deps, params.agentId), params.skillKey);
    if (card === undefined) throw invalidRequest(`skill card not found for ${params.skillKey}`);
    return { schema: "openclaw.skills.skill-card.v1" as const, skillKey: params.skillKey, ...card };
  }),
] satisfies Method[];

function agentFor(deps: Deps, asked: string | undefined): Agent {
  const agentId = asked ?? deps.agents.defaultId;
  const agent = deps.agents.get(agentId);
  if (agent === undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
  return agent;
}
