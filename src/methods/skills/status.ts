import {
  skillsBins,
  skillsSecurityVerdicts,
  skillsSkillCard,
  skillsStatus,
} from "../../../schemas/methods/skills/status.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";
import { mustHaveSession } from "../target.ts";
import { agentFor } from "./proposals.ts";

export default [
  method(skillsStatus, async ({ params, deps }) => {
    const { agentId, sessionKey } = params;
    // Looked at only, they may be those of whoever is asked when nobody is named.
    const agent = agentFor(deps, agentId ?? deps.agents.defaultId);
    if (sessionKey !== undefined) await mustHaveSession(deps.sessions, sessionKey, agent.id);
    return deps.skills.status(agent);
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
