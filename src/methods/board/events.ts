import { boardEvent } from "../../../schemas/methods/board/events.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  // What is done on a widget the agent of its session hears of with its next turn.
  method(boardEvent, async ({ params, deps }) => {
    // Tickets are given to the frames of widgets; frames are not served here, so no ticket was ever given.
    if ("ticket" in params) throw invalidRequest("board widget view ticket is invalid");
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    const board = await deps.boards.get(key);
    const widget = board.widgets.find(({ name }) => name === params.widget);
    if (widget === undefined) throw invalidRequest(`board widget not found: ${params.widget}`);
    const text = `Board widget ${widget.name}: ${JSON.stringify(params.payload)}`;
    deps.heartbeats.enqueue({ text, kind: "note", sessionKey: key });
    return { ok: true, appended: true } as const;
  }),
] satisfies Method[];
