import type { ParamsOf } from "../../../schemas/contract.ts";
import { uiCommand } from "../../../schemas/methods/ui/command.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";
import { mustBelong } from "../target.ts";

/** A command changes the page that asked for it, and no other: who asks from anywhere else has no page to change. */
export default [
  method(uiCommand, ({ params, caller, deps }) => {
    mustBelong(deps.sessions, params);
    if (caller.client.id !== "openclaw-control-ui" || !caller.caps.includes("ui-commands")) {
      throw new ProtocolError(
        "UNAVAILABLE",
        "no requesting Control UI; ask from the Control UI to change its view",
        { retryable: false },
      );
    }
    deps.events.publish("ui.command", addressed(params, deps), { connIds: new Set([caller.connId]) });
    return { ok: true as const };
  }),
] satisfies Method[];

/** The page is told whole keys, and which session and agent the command is about where it is about one. */
function addressed(params: ParamsOf<typeof uiCommand>, { sessions }: Deps) {
  const named = "sessionKey" in params.command ? params.command.sessionKey : undefined;
  const wanted = params.sessionKey ?? named;
  const command =
    named === undefined ? params.command : { ...params.command, sessionKey: sessions.canonicalKey(named) };
  const sessionKey = wanted === undefined ? undefined : sessions.canonicalKey(wanted, params.agentId);
  const agentId = params.agentId ?? (sessionKey === undefined ? undefined : sessions.agentOf(sessionKey));
  return {
    command,
    ...(sessionKey === undefined ? {} : { sessionKey }),
    ...(agentId === undefined ? {} : { agentId }),
  };
}
