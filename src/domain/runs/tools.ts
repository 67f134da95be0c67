import type { ImagePart, ToolDeclaration } from "./provider.ts";
import type { ClientCall } from "./request.ts";

export interface ToolResult {
  /** What the model reads. */
  readonly text: string;
  readonly isError: boolean;
  /** Pictures that belong to it; models that see are shown them. */
  readonly images?: readonly ImagePart[];
  /** What clients may show beside it. */
  readonly details?: unknown;
  /** What went wrong, in one text; its first line is shown beside the call. */
  readonly error?: string;
  /** The call was not even tried. */
  readonly isBlocked?: boolean;
  /** What went wrong, for a place where there is no room for `error`. */
  readonly summary?: string;
  /** The client is to make this call; the turn is over with it. */
  readonly clientCall?: ClientCall;
  /** The turn is over with this call: nothing more is asked of the model, and this is what is said. */
  readonly endsTurn?: { readonly text: string };
  /** A command that came to its end, or goes on by itself: clients show its output on its own. */
  readonly command?: {
    readonly output?: string;
    readonly status?: "failed";
    readonly exitCode?: number | null;
    readonly durationMs?: number;
    readonly cwd: string;
    /** It ran as it was meant to, and said that it failed. */
    readonly hasFailed?: boolean;
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
  /** Brings older forms of the arguments into the one that `parameters` describe, before they are checked. */
  prepare?(args: unknown): unknown;
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
  /** False for a model that has no use for pictures. */
  readonly canSee?: boolean;
  /** Tools that the client of this turn runs itself. */
  readonly clientTools?: readonly ToolDeclaration[];
}

/**
 * The tools an agent may use, there or in a session of its own. With a turn they come as the model is offered them:
 * in the order of their names, and with those through which it finds the others.
 */
export type Toolbox = (agentId: string, sessionKey?: string, turn?: ToolTurn) => Promise<readonly Tool[]>;
