import { skillsProposalsList } from "../../../schemas/methods/skills/proposals.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** When a list was last written that never was. */
const NEVER = "1970-01-01T00:00:00.000Z";

export default [
  /** No agent of this gateway proposes skills; those that were accepted elsewhere stand in the workshop's folder. */
  method(skillsProposalsList, async ({ params, deps }) => {
    const agentId = params.agentId ?? deps.agents.defaultId;
    const agent = deps.agents.get(agentId);
    if (agent === undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
    const { skills } = await deps.skills.status(agent);
    return {
      schema: "openclaw.skill-workshop.proposals-manifest.v1" as const,
      updatedAt: NEVER,
      proposals: [],
      installedSkills: skills
        .filter(({ source }) => source === "openclaw-workshop")
        .map(({ name, skillKey, description }) => ({ name, skillKey, description })),
    };
  }),
] satisfies Method[];
