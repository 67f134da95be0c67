import { poll } from "../../../schemas/methods/poll/poll.ts";
import { type Method, method } from "../method.ts";

export default [
  method(poll, ({ params: { channel, idempotencyKey }, deps }) =>
    deps.outbound.once("poll", idempotencyKey, async () =>
      deps.outbound.refuse(channel, (id) => `unsupported poll channel: ${id}`),
    ),
  ),
] satisfies Method[];
