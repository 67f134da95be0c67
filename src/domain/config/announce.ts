import type { Clock } from "../../platform/clock.ts";
import type { Publisher } from "../events.ts";
import type { ConfigSource } from "./index.ts";

interface Announcer {
  readonly config: ConfigSource;
  readonly events: Publisher;
  readonly clock: Clock;
  /** The mark of the file that is now in force. */
  onHash(hash: string): void;
}

/** Tells the connections of each change that came into force. Returns the way to stop. */
export function announceChanges({ config, events, clock, onHash }: Announcer): () => void {
  return config.onChange((_next, _previous, change) => {
    // compat(CF12): what chats show may depend on any key that is applied at once.
    if (change.hotPaths.length > 0 && change.restartPaths.length === 0)
      events.publish("chat.metadata.changed", {});
    const ts = clock.now();
    const { raw } = config.snapshot();
    void config.fingerprint(raw ?? "").then((hash) => {
      onHash(hash);
      events.publish("config.changed", { path: config.path, hash, ts });
    });
  });
}
