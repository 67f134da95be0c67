import { progressCardGet, progressCardPut } from "../../../schemas/methods/progress-card/card.ts";
import { type Method, method } from "../method.ts";

export default [
  method(progressCardGet, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    const card = await deps.sessions.cards.get(key);
    return { card: card && { ...card } };
  }),
  method(progressCardPut, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    const card = await deps.sessions.cards.put(key, params);
    return { card: card && { ...card } };
  }),
] satisfies Method[];
