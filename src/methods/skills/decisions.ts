import {
  skillsProposalsApply,
  skillsProposalsQuarantine,
  skillsProposalsReject,
  skillsProposalsRequestRevision,
} from "../../../schemas/methods/skills/decisions.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";
import { agentFor, shown } from "./proposals.ts";

export default [
  method(skillsProposalsApply, async ({ params, deps }) => {
    const agent = agentFor(deps, params.agentId);
    const record = await deps.workshop.apply(agent, params.proposalId, params);
    deps.events.publish("chat.metadata.changed", {});
    return { record: shown(record), targetSkillFile: record.target.skillFile };
  }),
  method(skillsProposalsReject, async ({ params, deps }) =>
    shown(await deps.workshop.reject(agentFor(deps, params.agentId), params.proposalId, params)),
  ),
  method(skillsProposalsQuarantine, async ({ params, deps }) =>
    shown(await deps.workshop.quarantine(agentFor(deps, params.agentId), params.proposalId, params)),
  ),
  /** The wish goes to the agent's conversation, which knows from elsewhere what it is about. */
  method(skillsProposalsRequestRevision, async ({ params, caller, deps }) => {
    const { proposalId, instructions, idempotencyKey } = params;
    const agent = agentFor(deps, params.agentId);
    const draft = await deps.workshop.open(agent, proposalId, params.expectedRevisionHash);
    const agentId = params.targetAgentId ?? agent.id;
    const named = params.sessionKey.startsWith("agent:") ? params.sessionKey.split(":", 2)[1] : undefined;
    if (named !== undefined && named !== agentId) {
      throw invalidRequest(`agent "${agentId}" does not match session key agent "${named}"`);
    }
    const acceptance = await deps.runs.start({
      runId: idempotencyKey,
      kind: "chat",
      sessionKey: deps.sessions.canonicalKey(params.sessionKey, agentId),
      agentId,
      message: instructions,
      acceptedAt: deps.clock.now(),
      client: { id: caller.client.id, mode: caller.client.mode },
      isOwner: caller.scopes.includes("operator.admin"),
      isPlain: true,
      extraSystemPrompt: [
        `The user wants skill proposal ${proposalId} revised as the message says. Its draft now:`,
        draft.content,
      ].join("\n\n"),
    });
    const { status, outcome } = acceptance;
    return { runId: idempotencyKey, status: outcome?.status ?? status };
  }),
] satisfies Method[];
