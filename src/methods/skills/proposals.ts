import path from "node:path";
import {
  skillsProposalsCreate,
  skillsProposalsInspect,
  skillsProposalsList,
  skillsProposalsRevise,
  skillsProposalsUpdate,
} from "../../../schemas/methods/skills/proposals.ts";
import { type Agent, mustName, normalId } from "../../domain/agents/index.ts";
import type { Drafted, ProposalRecord } from "../../domain/workshop/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** When a list was last written that never was. */
const NEVER = "1970-01-01T00:00:00.000Z";

export default [
  method(skillsProposalsList, async ({ params, deps }) => {
    const agent = agentFor(deps, params.agentId);
    const proposals = await deps.workshop.list(agent);
    const skills = await deps.workshop.skills(agent.id);
    return {
      schema: "openclaw.skill-workshop.proposals-manifest.v1" as const,
      updatedAt: proposals[0]?.record.updatedAt ?? NEVER,
      proposals: proposals.map(({ record, revisionHash }) => ({
        id: record.id,
        kind: record.kind,
        status: record.status,
        title: record.title,
        description: record.description,
        skillName: record.target.skillName,
        skillKey: record.target.skillKey,
        createdAt: record.createdAt,
        updatedAt: record.updatedAt,
        scanState: record.scan.state,
        revisionHash,
      })),
      installedSkills: skills.map(({ name, skillKey = name, description }) => ({
        name,
        skillKey,
        description,
      })),
    };
  }),
  method(skillsProposalsInspect, async ({ params, deps }) => {
    const draft = await deps.workshop.inspect(agentFor(deps, params.agentId), params.proposalId);
    const supportFiles = draft.supportFiles.map(({ path: file, content }) => ({ path: file, content }));
    return { ...shownDraft(draft), ...(supportFiles.length === 0 ? {} : { supportFiles }) };
  }),
  method(skillsProposalsCreate, async ({ params, deps }) => {
    const { agentId, ...proposal } = params;
    return shownDraft(await deps.workshop.create(agentFor(deps, agentId), proposal));
  }),
  method(skillsProposalsUpdate, async ({ params, deps }) => {
    const { agentId, ...proposal } = params;
    return shownDraft(await deps.workshop.update(agentFor(deps, agentId), proposal));
  }),
  method(skillsProposalsRevise, async ({ params, deps }) => {
    const { agentId, proposalId, ...revision } = params;
    return shownDraft(await deps.workshop.revise(agentFor(deps, agentId), proposalId, revision));
  }),
] satisfies Method[];

/** The agent whose skills are meant: of several, one that is named. */
export function agentFor(deps: Deps, asked: string | undefined): Agent {
  mustName(asked, "skills workspace", deps);
  const agentId = normalId(asked) ?? deps.agents.defaultId;
  const agent = deps.agents.get(agentId);
  if (agent === undefined) throw invalidRequest(`unknown agent id "${asked}"`);
  return agent;
}

/** compat(skills/proposals): in which generation a draft stands is nobody's business but the workshop's. */
export function shown(record: ProposalRecord): Record<string, unknown> {
  return { ...record, draftFile: path.basename(record.draftFile) };
}

function shownDraft({ record, revisionHash, content }: Drafted) {
  return { record: shown(record), revisionHash, content };
}
