import { chatAbort, chatInject } from "../../../schemas/methods/chat/abort.ts";
import { injectedMessage } from "../../domain/runs/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(chatAbort, async ({ params, deps }) => {
    const sessionKey = deps.sessions.canonicalKey(params.sessionKey, params.agentId);
    const runIds = await deps.runs.abort(sessionKey, params.runId);
    return { ok: true, aborted: runIds.length > 0, runIds };
  }),
  method(chatInject, async ({ params, deps }) => {
    const sessionKey = deps.sessions.canonicalKey(params.sessionKey, params.agentId);
    if ((await deps.sessions.get(sessionKey)) === undefined) throw invalidRequest("session not found");
    const text = params.label === undefined ? params.message : `[${params.label}]\n\n${params.message}`;
    const record = await deps.sessions.append(sessionKey, injectedMessage(text, deps.clock.now()), {});
    return { ok: true, messageId: record.id };
  }),
] satisfies Method[];
