import type { RunRequest } from "./request.ts";

/** What a message says to the model, without what it says to the gateway. */
export interface Heard {
  readonly text: string;
  /** A level for this message alone. */
  readonly thinking?: string;
}

/** Answers messages that are commands, without a model. */
export interface CommandRunner {
  /** The way to answer, which resolves with what was answered; undefined when the message is for the model. */
  match(request: RunRequest): Promise<(() => Promise<string>) | undefined>;
  hear(request: RunRequest): Heard;
  /** When the model has answered: tells what became of the settings that stood in the message. */
  tell(request: RunRequest): void;
}

export const NO_COMMANDS: CommandRunner = {
  match: async () => undefined,
  hear: ({ message }) => ({ text: message }),
  tell: () => {},
};
