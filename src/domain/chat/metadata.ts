import type { Publisher } from "../events.ts";

/** Whether models and commands, which every chat shows, have been put together yet. */
export interface ChatMetadata {
  readonly isLoaded: boolean;
  /** Somebody asked for it, so it is there from now on. */
  load(): void;
  /**
   * Tells those who connected during the start that there is something to ask for now.
   *
   * compat(chat/restart): a gateway that knows its models from before has nothing new to tell, unless it took up
   * work that was cut off.
   */
  announce(): void;
}

export interface ChatMetadataParts {
  readonly events: Publisher;
  /** Whether this start made something of models and commands that was not there before. */
  readonly isNews: () => boolean;
}

export function createChatMetadata({ events, isNews }: ChatMetadataParts): ChatMetadata {
  let isLoaded = false;
  return {
    get isLoaded() {
      return isLoaded;
    },
    load() {
      isLoaded = true;
    },
    announce() {
      if (isNews()) events.publish("chat.metadata.changed", {});
    },
  };
}
