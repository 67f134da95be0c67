import { boardGet } from "../../../schemas/methods/board/board.ts";
import { type Method, method } from "../method.ts";

/** A board nobody wrote on yet; `board.update` is what would change it, and it is not answered here. */
export default [
  method(boardGet, ({ params, deps }) => {
    const sessionKey = deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { sessionKey, revision: 0, tabs: [], widgets: [] };
  }),
] satisfies Method[];
