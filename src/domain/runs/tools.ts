import type { ToolDeclaration } from "./provider.ts";

export interface ToolResult {
  /** What the model reads. */
  readonly text: string;
  readonly isError: boolean;
  /** What clients may show beside it. */
  readonly details?: unknown;
  /** What went wrong, in one text; its first line is shown beside the call. */
  readonly error?: string;
  /** A command that came to its end: clients show its output on its own. */
  readonly command?: {
    readonly output: string;
    readonly exitCode: number | null;
    readonly durationMs: number;
    readonly cwd: string;
  };
}

export interface ToolContext {
  readonly agentId: string;
  readonly sessionKey: string;
  readonly runId: string;
  readonly callId: string;
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** Characters of output that the model should be given at most. */
  readonly outputCharsMax: number;
  /** Output so far, of a tool that takes its time. */
  readonly onOutput: (text: string, details: unknown) => void;
}

/** Something a model may do. */
export interface Tool extends ToolDeclaration {
  /** True when it runs commands: clients show those differently. */
  readonly isCommandBearing: boolean;
  /** True when it changes files: such calls of one answer run one after another, in the order of the answer. */
  readonly isInOrder: boolean;
  /** Never throws for what the model got wrong: that is a result with `isError`. */
  run(args: unknown, context: ToolContext): Promise<ToolResult>;
  /** A few words on what this call does, without the name of the tool: `first 3 lines of AGENTS.md`. */
  describe(args: unknown): string | undefined;
}

/** The tools an agent may use, there or in a session of its own, in the order in which they are offered. */
export type Toolbox = (agentId: string, sessionKey?: string) => Promise<readonly Tool[]>;
