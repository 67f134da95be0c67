import { send } from "../../../schemas/methods/send/send.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(send, ({ params, deps }) => {
    const { message, mediaUrl, mediaUrls = [], buffer, channel, idempotencyKey } = params;
    const hasText = (message ?? "").trim() !== "";
    if (!hasText && mediaUrl === undefined && mediaUrls.length === 0 && buffer === undefined) {
      throw invalidRequest("invalid send params: text or media is required");
    }
    return deps.outbound.once("send", idempotencyKey, async () =>
      deps.outbound.refuse(channel, (id) => `unsupported channel: ${id}`, "message"),
    );
  }),
] satisfies Method[];
