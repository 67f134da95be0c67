import { talkClientToolCall } from "../../../schemas/methods/talk/consult.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Method } from "../method.ts";
import { methodOnSession } from "../target.ts";

/** The one tool that a voice model has: to ask the agent. */
const CONSULT = "openclaw_agent_consult";

export default [
  methodOnSession(talkClientToolCall, "sessionKey", async ({ params, caller, deps }) => {
    if (params.name !== CONSULT) throw invalidRequest(`unsupported realtime Talk tool: ${params.name}`);
    const question = Object(params.args) as { question?: unknown };
    if (typeof question.question !== "string" || question.question.trim() === "") {
      throw invalidRequest(`${CONSULT} requires a question`);
    }
    const { client } = caller;
    const sessionKey = deps.sessions.keyFor(params.sessionKey, undefined);
    const agentId = /^agent:([^:]+):/.exec(sessionKey)?.[1] ?? deps.agents.defaultId;
    const runId = `talk-${params.callId}-${deps.ids.uuid()}`;
    await deps.runs.start({
      runId,
      kind: "chat",
      sessionKey,
      agentId,
      message: question.question,
      acceptedAt: deps.clock.now(),
      client: { id: client.id, mode: client.mode },
    });
    return { runId, idempotencyKey: runId, agentId, agentSessionKey: sessionKey };
  }),
] satisfies Method[];
