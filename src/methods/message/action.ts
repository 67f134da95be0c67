import { messageAction } from "../../../schemas/methods/message/action.ts";
import { type Method, method } from "../method.ts";

export default [
  method(messageAction, ({ params: { channel, action, idempotencyKey }, deps }) =>
    deps.outbound.once("message.action", idempotencyKey, async () =>
      deps.outbound.refuse(channel, (id) => `Channel ${id} does not support action ${action}.`),
    ),
  ),
] satisfies Method[];
