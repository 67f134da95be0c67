import { messageAction } from "../../../schemas/methods/message/action.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(messageAction, ({ params: { channel, action, params, idempotencyKey }, deps }) =>
    deps.outbound.once("message.action", idempotencyKey, async () => {
      const isAddressed = typeof params["to"] === "string" && params["to"].trim() !== "";
      if (channel === "telegram" && action === "send" && !isAddressed) {
        throw new ProtocolError("UNAVAILABLE", "ToolInputError: to required", { retryable: false });
      }
      if (channel === "telegram") return deps.outbound.actOnTelegram(action);
      return deps.outbound.refuse(channel, (id) => `Channel ${id} does not support action ${action}.`);
    }),
  ),
] satisfies Method[];
