import { sessionsMove } from "../../../schemas/methods/sessions/move.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** A session moves from the worker that has it. Here every session is worked in by the gateway itself. */
export default [
  method(sessionsMove, async ({ params, deps }) => {
    const entry = await deps.sessions.get(deps.sessions.keyFor(params.key, params.agentId));
    if (entry === undefined) throw invalidRequest(`session not found: ${params.key}`);
    const state = entry.placement?.["state"];
    throw invalidRequest(`session cannot move from placement ${typeof state === "string" ? state : "local"}`);
  }),
] satisfies Method[];
