import { boardGet } from "../../../schemas/methods/board/board.ts";
import { type Method, method } from "../method.ts";

export default [
  method(boardGet, async ({ params, deps }) => ({
    ...(await deps.boards.get(deps.sessions.keyFor(params.sessionKey, params.agentId))),
  })),
] satisfies Method[];
