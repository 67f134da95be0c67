import type { Environment } from "../domain/config/paths.ts";

/** What a command may touch of the world, so that a test can hand it another one. */
export interface Terminal {
  readonly env: Environment;
  readonly hasColor: boolean;
  out(text: string): void;
  error(text: string): void;
}

/** How a command ended, for scripts. */
export const EXIT = {
  ok: 0,
  /** It was asked rightly and did not succeed. */
  failed: 1,
  /** It was asked wrongly. */
  usage: 2,
  /** The configuration is at fault (`EX_CONFIG` of sysexits.h, as the reference uses it). */
  config: 78,
} as const;

/** The command line makes no sense. Shown without a stack, together with where to find help. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** One command: what is left of the command line in, the exit code out. */
export interface Command {
  readonly help: string;
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
