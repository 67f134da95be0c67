import type { ToolDeclaration } from "./provider.ts";

export interface ToolResult {
  /** What the model reads. */
  readonly text: string;
  readonly isError: boolean;
  /** What clients may show beside it. */
  readonly details?: unknown;
  /** What went wrong, in one text; its first line is shown beside the call. */
  readonly error?: string;
  /** The turn is over with this call: nothing more is asked of the model, and this is what is said. */
  readonly endsTurn?: { readonly text: string };
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
  /** Told when the tool uses another one in its place. */
  readonly onNested?: (name: string) => void;
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

/** Who a turn's tools are for. */
export interface ToolTurn {
  /** Whether the person who began the turn may do everything. */
  readonly isOwner: boolean;
  /** All of them are wanted as they are, rather than some behind a search. */
  readonly isFlat?: boolean;
}

/**
 * The tools an agent may use, there or in a session of its own. With a turn they come as the model is offered them:
 * in the order of their names, and with those through which it finds the others.
 */
export type Toolbox = (agentId: string, sessionKey?: string, turn?: ToolTurn) => Promise<readonly Tool[]>;
