import {
  skillsProposalsEvaluate,
  skillsProposalsEventsList,
} from "../../../schemas/methods/skills/evaluation.ts";
import { type Method, method } from "../method.ts";
import { agentFor, shown } from "./proposals.ts";

const PAGE = 100;

export default [
  method(skillsProposalsEvaluate, async ({ params, deps }) => {
    const agent = agentFor(deps, params.agentId);
    const { record, evaluation } = await deps.workshop.evaluate(agent, params.proposalId, params);
    return { record: shown(record), evaluation };
  }),
  method(skillsProposalsEventsList, async ({ params, deps }) => {
    const { afterSequence = 0, limit = PAGE, proposalId } = params;
    const all = await deps.workshop.events(agentFor(deps, params.agentId), proposalId);
    const rest = all.filter(({ sequence }) => sequence > afterSequence);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const isMore = rest.length > page.length && last !== undefined;
    return {
      events: page.map((event) => ({ ...event })),
      ...(isMore ? { nextSequence: last.sequence } : {}),
    };
  }),
] satisfies Method[];
