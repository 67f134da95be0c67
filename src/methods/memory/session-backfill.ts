import {
  memorySessionBackfillApply,
  memorySessionBackfillPreview,
  memorySessionBackfillRollback,
} from "../../../schemas/methods/memory/session-backfill.ts";
import type { Agent } from "../../domain/agents/index.ts";
import { readRange } from "../../domain/memory/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

const RANGE = ["agentId", "from", "to", "limitDays"];

export default [
  method(memorySessionBackfillPreview, async ({ params, deps }) => {
    const agent = requireAgent(params, RANGE, deps);
    const { truncated, ...summary } = await deps.sessionBackfill.preview(agent, readRange(params));
    return { ...summary, staged: 0, truncated };
  }),
  method(memorySessionBackfillApply, async ({ params, deps }) => {
    const agent = requireAgent(params, RANGE, deps);
    const summary = await deps.sessionBackfill.apply(agent, readRange(params));
    return {
      ...summary,
      cursor: { advanced: summary.staged > 0, exhausted: summary.staged === 0, hasMore: false },
    };
  }),
  method(memorySessionBackfillRollback, async ({ params, deps }) => {
    return await deps.sessionBackfill.rollback(requireAgent(params, ["agentId"], deps));
  }),
] satisfies Method[];

/** What is wrong is said in this order: the params as a whole, a member nobody knows, the agent. */
function requireAgent(params: unknown, known: readonly string[], deps: Deps): Agent {
  if (typeof params !== "object" || params === null || Array.isArray(params)) {
    throw invalidRequest("params must be an object.");
  }
  const odd = Object.keys(params).find((key) => !known.includes(key));
  if (odd !== undefined) throw invalidRequest(`unexpected parameter: ${odd}`);
  const agentId: unknown = Reflect.get(params, "agentId");
  if (typeof agentId !== "string" || agentId.trim() === "") throw invalidRequest("agentId required");
  const agent = deps.agents.get(agentId.trim().toLowerCase());
  if (agent === undefined) throw invalidRequest(`Unknown agent id "${agentId}".`);
  return agent;
}
