import type { RunRequest } from "./request.ts";

/** Answers messages that are commands, without a model. */
export interface CommandRunner {
  /** The way to answer, which resolves with what was answered; undefined when the message is for the model. */
  match(request: RunRequest): Promise<(() => Promise<string>) | undefined>;
}

export const NO_COMMANDS: CommandRunner = { match: async () => undefined };
