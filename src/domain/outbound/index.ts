import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Idempotency, once } from "../idempotency/index.ts";

/** A channel of the web clients themselves: what is for it goes through `chat.send`. */
const INTERNAL = "webchat";

const NO_TOKEN =
  'Telegram bot token missing for account "default" (set channels.telegram.accounts.default.botToken/tokenFile or TELEGRAM_BOT_TOKEN for default).';

/** Messages that clients send out through a chat network. */
export interface Outbound {
  /**
   * Does this once for a key; a repeat is told what came of the first one, a failure as well. `method` keeps the keys
   * of different methods apart.
   */
  once(method: string, key: string, act: () => Promise<unknown>): Promise<unknown>;
  /**
   * Refuses a channel that cannot be sent to. No chat network is connected, so a channel that is not named cannot be
   * chosen, and Telegram, the one that the reference brings along, lacks its token. A plain message fails in its
   * delivery there, everything else before.
   */
  refuse(
    channel: string | undefined,
    unsupported: (channel: string) => string,
    kind?: "message" | "action",
  ): never;
}

export function createOutbound(idempotency: Idempotency): Outbound {
  return {
    once: (method, key, act) => once(idempotency, method, key, act),
    refuse(channel, unsupported, kind = "action") {
      if (channel === INTERNAL) {
        throw invalidRequest(
          "unsupported channel: webchat (internal-only). Use `chat.send` for WebChat UI messages or choose a deliverable channel.",
        );
      }
      if (channel === "telegram" && kind === "message") {
        throw new ProtocolError("UNAVAILABLE", `OutboundDeliveryError: ${NO_TOKEN}`, {
          retryable: false,
          details: { code: "OUTBOUND_DELIVERY_QUEUED" },
        });
      }
      if (channel === "telegram") {
        throw new ProtocolError("UNAVAILABLE", `Error: ${NO_TOKEN}`, { retryable: false });
      }
      if (channel !== undefined) throw invalidRequest(unsupported(channel));
      throw invalidRequest(
        "Error: Channel is required (no configured channels detected). Run openclaw channels add to configure one, or pass --channel <channel> after enabling a channel. Use openclaw channels list --all to see available channel ids.",
      );
    },
  };
}
