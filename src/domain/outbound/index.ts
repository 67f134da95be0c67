import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Idempotency } from "../idempotency/index.ts";

/** A channel of the web clients themselves: what is for it goes through `chat.send`. */
const INTERNAL = "webchat";

const NO_TOKEN =
  'Error: Telegram bot token missing for account "default" (set channels.telegram.accounts.default.botToken/tokenFile or TELEGRAM_BOT_TOKEN for default).';

/** Messages that clients send out through a chat network. */
export interface Outbound {
  /**
   * Does this once for a key; a repeat is told what came of the first one, a failure as well. `method` keeps the keys
   * of different methods apart.
   */
  once(method: string, key: string, act: () => Promise<unknown>): Promise<unknown>;
  /**
   * Refuses a channel that cannot be sent to. No chat network is connected, so a channel that is not named cannot be
   * chosen, and Telegram, the one that the reference brings along, lacks its token.
   */
  refuse(channel: string | undefined, unsupported: (channel: string) => string): never;
}

export function createOutbound(idempotency: Idempotency): Outbound {
  return {
    async once(method, key, act) {
      const claim = await idempotency.claim(method, key, key);
      if (claim.state === "stored") {
        if (claim.ok) return claim.payload;
        const { code, message, details } = claim.payload as ProtocolError;
        throw new ProtocolError(code, message, { details, retryable: false });
      }
      try {
        const payload = await act();
        await idempotency.settle(method, key, { ok: true, payload });
        return payload;
      } catch (error) {
        if (error instanceof ProtocolError) {
          await idempotency.settle(method, key, { ok: false, payload: error.toWire() });
        }
        throw error;
      }
    },
    refuse(channel, unsupported) {
      if (channel === INTERNAL) {
        throw invalidRequest(
          "unsupported channel: webchat (internal-only). Use `chat.send` for WebChat UI messages or choose a deliverable channel.",
        );
      }
      if (channel === "telegram") throw new ProtocolError("UNAVAILABLE", NO_TOKEN, { retryable: false });
      if (channel !== undefined) throw invalidRequest(unsupported(channel));
      throw invalidRequest(
        "Error: Channel is required (no configured channels detected). Run openclaw channels add to configure one, or pass --channel <channel> after enabling a channel. Use openclaw channels list --all to see available channel ids.",
      );
    },
  };
}
