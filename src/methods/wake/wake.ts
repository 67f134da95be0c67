import { lastHeartbeat, setHeartbeats, wake } from "../../../schemas/methods/wake/wake.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(wake, ({ params, deps }) => {
    const { mode, text, agentId, sessionKey } = params;
    if (text.trim() === "") return { ok: false };
    deps.heartbeats.enqueue({
      text,
      kind: "note",
      ...(agentId === undefined ? {} : { agentId }),
      ...(sessionKey === undefined ? {} : { sessionKey }),
    });
    // The caller asked that the agent be woken, not what it says: the answer does not wait for the turn.
    if (mode === "now") void deps.heartbeats.wakeNow(agentId, sessionKey);
    return { ok: true };
  }),
  method(lastHeartbeat, ({ deps }) => (deps.heartbeats.last === null ? null : { ...deps.heartbeats.last })),
  method(setHeartbeats, ({ params, deps }) => {
    // No schema guards these params: they may be anything.
    const enabled: unknown = Object(params).enabled;
    if (typeof enabled !== "boolean") {
      throw invalidRequest("invalid set-heartbeats params: enabled (boolean) required");
    }
    deps.heartbeats.setEnabled(enabled);
    return { ok: true, enabled };
  }),
] satisfies Method[];
