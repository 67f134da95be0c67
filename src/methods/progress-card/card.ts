import {
  progressCardGet,
  progressCardPut,
  progressCardRefresh,
} from "../../../schemas/methods/progress-card/card.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";
import { methodOnSession } from "../target.ts";

export default [
  method(progressCardGet, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    const card = await deps.sessions.cards.get(key);
    return { card: card && { ...card } };
  }),
  methodOnSession(progressCardPut, "sessionKey", async ({ params, deps }) => {
    const isCleared = params.markdown === undefined && params.plan === undefined;
    if (params.expectedRevision !== undefined && !isCleared) {
      throw invalidRequest("expectedRevision is only valid when clearing a card");
    }
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    const card = await deps.sessions.cards.put(key, params);
    return { card: card && { ...card } };
  }),
  methodOnSession(progressCardRefresh, "sessionKey", async ({ params, deps }) => {
    const card = await deps.sessions.cards.get(deps.sessions.keyFor(params.sessionKey, params.agentId));
    if (card === null) throw invalidRequest("There is no progress card to refresh.");
    // A refresh asks the agent to write the card anew, and its tools do not reach the card yet.
    throw new ProtocolError("UNAVAILABLE", "the agent has no tool for its progress card", {
      retryable: false,
    });
  }),
] satisfies Method[];
