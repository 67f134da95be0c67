import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Idempotency, once } from "../idempotency/index.ts";

/** A channel of the web clients themselves: what is for it goes through `chat.send`. */
const INTERNAL = "webchat";

const NO_TOKEN =
  'Telegram bot token missing for account "default" (set channels.telegram.accounts.default.botToken/tokenFile or TELEGRAM_BOT_TOKEN for default).';

/** compat(cli/operators): what is looked for before an action begins is told in other words than for a delivery. */
const NO_BOT = "Error: Telegram bot token missing. Set TELEGRAM_BOT_TOKEN or channels.telegram.botToken.";
const NEEDS_BOT = new Set(["send", "poll", "edit", "topic-create"]);

/** Messages that clients send out through a chat network. */
export interface Outbound {
  /**
   * Does this once for a key; a repeat is told what came of the first one, a failure as well. `method` keeps the keys
   * of different methods apart.
   */
  once(method: string, key: string, act: () => Promise<unknown>): Promise<unknown>;
  /** What comes of an action on Telegram, which has no bot here. A reaction is only told that it need not be tried. */
  actOnTelegram(action: string): unknown;
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
    actOnTelegram(action) {
      if (action === "react") {
        return { ok: false, reason: "missing_token", hint: "Telegram bot token missing. Do not retry." };
      }
      const message = NEEDS_BOT.has(action) ? NO_BOT : `Error: ${NO_TOKEN}`;
      throw new ProtocolError("UNAVAILABLE", message, { retryable: false });
    },
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
