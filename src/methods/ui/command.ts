import { uiCommand } from "../../../schemas/methods/ui/command.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** A command changes the page that asked for it, and no other: who asks from anywhere else has no page to change. */
export default [
  method(uiCommand, ({ params, caller, deps }) => {
    if (caller.client.id !== "openclaw-control-ui" || !caller.caps.includes("ui-commands")) {
      throw new ProtocolError(
        "UNAVAILABLE",
        "no requesting Control UI; ask from the Control UI to change its view",
        { retryable: false },
      );
    }
    deps.events.publish("ui.command", params, { connIds: new Set([caller.connId]) });
    return { ok: true as const };
  }),
] satisfies Method[];
