import type { Log } from "../../platform/log.ts";
import { afterThisTurn } from "../../platform/turn.ts";
import type { EntryChange, Notice, Sessions } from "../sessions/index.ts";

/** Tells subscribers about sessions, one notice of a session after another, without making a turn wait for it. */
export interface Notices {
  tell(sessionKey: string, change: EntryChange, notice: Notice): void;
  /** Resolves when everything told so far about the session is durable. */
  settled(sessionKey: string): Promise<void>;
}

export function createNotices(sessions: Sessions, log: Log): Notices {
  const last = new Map<string, Promise<unknown>>();
  return {
    async settled(sessionKey) {
      await last.get(sessionKey);
    },
    tell(sessionKey, change, notice) {
      // The first of a row waits a moment, so that writing it does not hold up what caused it.
      const before = last.get(sessionKey) ?? new Promise<void>((resolve) => afterThisTurn(resolve));
      const told: Promise<unknown> = before
        .then(() => sessions.update(sessionKey, () => change, notice, true))
        .catch((error: unknown) =>
          log.error({ err: error, sessionKey, ...notice }, "a session could not be updated"),
        )
        .finally(() => {
          if (last.get(sessionKey) === told) last.delete(sessionKey);
        });
      last.set(sessionKey, told);
    },
  };
}
