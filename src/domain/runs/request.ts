import type { QueueMode } from "../config/index.ts";
import type { ImagePart, ToolDeclaration } from "./provider.ts";

/** A file or picture that came with a message, checked and decoded from its wire form. */
export interface Attachment {
  readonly fileName?: string;
  readonly mimeType: string;
  readonly base64: string;
  readonly bytes: number;
}

/** The person who speaks through a client, where it is known. */
export interface Sender {
  readonly id: string;
  readonly avatarUrl: string;
}

/** What a client asked for with `chat.send`, `agent` or `sessions.send`. It is stored, so it is plain JSON. */
export interface RunRequest {
  /** The key that the client gave to make the request safe to repeat, and the name of the run ever after. */
  readonly runId: string;
  readonly kind: "chat" | "agent";
  readonly sessionKey: string;
  readonly agentId: string;
  readonly message: string;
  readonly acceptedAt: number;
  readonly client: { readonly id: string; readonly mode: string };
  /** Whether the client may do everything: then what it says is the owner's word. */
  readonly isOwner?: boolean;
  /** Whether the client may say yes to what waits for it. */
  readonly mayApprove?: boolean;
  readonly sender?: Sender;
  readonly attachments?: readonly Attachment[];
  readonly thinking?: string;
  readonly timeoutMs?: number;
  readonly queueMode?: QueueMode;
  /** A text that looks like a command is meant for the model all the same. */
  readonly isPlain?: boolean;
  /** How many crashes cut off the work that this run takes up. */
  readonly resumes?: number;
  /** The only tools that this run may use; `*` and absence are all of the agent's. */
  readonly toolsAllow?: readonly string[];
  /** `provider/model` for this run only. */
  readonly model?: string;
  /** The row that this run has in the ledger of tasks; a run of `agent` without one gets the usual row. */
  readonly task?: RunTaskRow;
  /** The session that gets a turn of its own when this run has ended, with what came of it. */
  readonly announceTo?: string;
  /** The task whose result this run brings to its parent. */
  readonly deliversTask?: string;
  /** It has no row there: whoever started it keeps its own account. */
  readonly isUnlisted?: boolean;
  /** Another session's word: the model reads it, and people do not see it among what was said. */
  readonly isInternal?: boolean;
  /** Tools of the client: the model may ask for them, and the client runs them after the turn. */
  readonly clientTools?: readonly ToolDeclaration[];
  /** How the model is to put its answer together, where the client says so. */
  readonly sampling?: Sampling;
  /** Added to the system prompt of this run. */
  readonly extraSystemPrompt?: string;
}

/** What a client may ask of a model beside the words. Names are OpenAI's; it is handed on to who understands it. */
export interface Sampling {
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly frequency_penalty?: number;
  readonly presence_penalty?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly response_format?: Readonly<Record<string, unknown>>;
}

/** A call that the client is to make itself. */
export interface ClientCall {
  readonly name: string;
  readonly arguments: unknown;
}

/** What is told of a run in the ledger of tasks, where it is not the usual. */
export interface RunTaskRow {
  readonly taskId: string;
  readonly kind: string;
  readonly runtime: string;
  readonly title: string;
  readonly sessionKey: string;
  readonly ownerKey: string;
  readonly deliveryStatus: string;
  readonly flowId?: string;
}

/** Pictures that a model can look at. */
export function imagesOf(request: RunRequest): readonly ImagePart[] {
  return (request.attachments ?? []).filter((one) => one.mimeType.startsWith("image/"));
}

/** How a run ended, in the wire's words. Stored beside the request. */
export interface RunOutcome {
  readonly runId: string;
  readonly kind?: RunRequest["kind"];
  readonly status: "ok" | "error" | "timeout" | "aborted";
  readonly startedAt: number;
  readonly endedAt: number;
  readonly text: string;
  readonly stopReason?: string;
  readonly error?: string;
  /** `chat.send` was answered by a command or delivered into another run: there was no agent turn. */
  readonly isTurn: boolean;
  /** The numbers under which clients were told of the beginning and of the end. */
  readonly toldAs?: { readonly start: number; readonly end: number };
  /** A stop of the gateway took the message from the queue; clients are shown that it was. */
  readonly isInterrupted?: boolean;
  /** What `agent` and `agent.wait` tell of the turn. */
  readonly receipt?: Readonly<Record<string, unknown>>;
  /** The turn ended because these tools of the client are wanted. */
  readonly clientCalls?: readonly ClientCall[];
  /** What the model's service said when it refused the request as wrong. */
  readonly refusal?: string;
  readonly result?: Readonly<Record<string, unknown>>;
}
