import { chatAbort, chatInject } from "../../../schemas/methods/chat/abort.ts";
import { injectedMessage } from "../../domain/runs/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(chatAbort, async ({ params, deps }) => {
    const sessionKey = deps.sessions.canonicalKey(params.sessionKey, params.agentId);
    const runIds = await deps.runs.abort(sessionKey, params.runId);
    return { ok: true, aborted: runIds.length > 0, runIds: [...runIds] };
  }),
  method(chatInject, async ({ params, deps }) => {
    const sessionKey = deps.sessions.keyFor(params.sessionKey, params.agentId);
    if ((await deps.sessions.get(sessionKey)) === undefined) throw invalidRequest("session not found");
    await deps.sessions.mustBeOpen(sessionKey).catch((error: unknown) => {
      throw error instanceof ProtocolError ? invalidRequest(`Error: ${error.message}`) : error;
    });
    const text = params.label === undefined ? params.message : `[${params.label}]\n\n${params.message}`;
    const message = injectedMessage(text, deps.clock.now());
    const record = await deps.sessions.append(sessionKey, message, {});
    const agentId = deps.sessions.agentOf(sessionKey);
    const told = { runId: `inject-${record.id}`, sessionKey, agentId, seq: 0, state: "final", message };
    deps.events.publish("chat", told);
    return { ok: true, messageId: record.id };
  }),
] satisfies Method[];
