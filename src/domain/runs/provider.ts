import type { Model } from "../models/index.ts";
import type { Sampling } from "./request.ts";

/** Tokens of one model call. `input` excludes what came from the cache. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly total: number;
  /** Tokens of `output` that were thoughts, where the service says so. */
  readonly reasoning?: number;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote them; not yet checked against anything. */
  readonly arguments: unknown;
  /** What the service wants back beside the call, unread. */
  readonly signature?: string;
}

export type StopReason = "stop" | "length" | "toolUse";

/** One step of a model's answer, in the order in which it happens. `stop` comes last and exactly once. */
export type ProviderEvent =
  | { readonly type: "text"; readonly text: string }
  /** A signature belongs to all the thoughts of the answer: the service wants it back with them. */
  | { readonly type: "thinking"; readonly text: string; readonly signature?: string }
  | { readonly type: "tool-call"; readonly call: ToolCall }
  | { readonly type: "usage"; readonly usage: TokenUsage }
  | {
      readonly type: "stop";
      readonly reason: StopReason;
      readonly responseId?: string;
      readonly responseModel?: string;
      /** What the service calls the piece of text that it said. */
      readonly textId?: string;
      /** How the stream ended, where its kind tells more than a reason. */
      readonly terminal?: Readonly<Record<string, string>>;
    };

export interface ImagePart {
  readonly mimeType: string;
  readonly base64: string;
}

/** The conversation as a model sees it. */
export type PromptMessage =
  | {
      readonly role: "user";
      readonly text: string;
      readonly images?: readonly ImagePart[];
      /** Pictures that are kept beside the transcript, before they are read. */
      readonly media?: readonly { readonly url: string; readonly contentType: string }[];
    }
  | {
      readonly role: "assistant";
      readonly text: string;
      readonly toolCalls: readonly ToolCall[];
      readonly thoughts?: Thoughts;
    }
  | {
      readonly role: "tool";
      readonly callId: string;
      readonly name: string;
      readonly text: string;
      readonly isError?: boolean;
      readonly images?: readonly ImagePart[];
    };

/** What a model thought before it answered, as its service wants to hear it again. */
export interface Thoughts {
  readonly text: string;
  readonly signature?: string;
}

export interface ToolDeclaration {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ProviderRequest {
  readonly model: Model;
  readonly system: string;
  readonly messages: readonly PromptMessage[];
  readonly tools: readonly ToolDeclaration[];
  /** What the client wants of the answer, for those who know these settings. */
  readonly sampling?: Sampling;
  /** `off`, or how hard to think; providers map it to what they know. */
  readonly thinking: string;
}

/** A service that answers prompts. One per vendor; see `adapters/providers`. */
export interface Provider {
  /** Streams one answer. Throws `ProviderFailure`, or whatever `signal` aborted with. */
  stream(request: ProviderRequest, signal: AbortSignal): AsyncIterable<ProviderEvent>;
}

/** Finds the provider of a model; loading it may take a moment the first time. */
export type Providers = (model: Model) => Promise<Provider>;

/** Why a call failed, in the words that clients see as `failoverReason`. */
export type FailureReason =
  | "auth"
  | "billing"
  | "format"
  | "model_not_found"
  | "overloaded"
  | "rate_limit"
  | "server_error"
  | "timeout";

/** A model call failed. Adapters translate their SDK's failures into this, once, at their border. */
export class ProviderFailure extends Error {
  override readonly name = "ProviderFailure";
  readonly reason: FailureReason;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    reason: FailureReason,
    message: string,
    options: { status?: number | undefined; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether the same call may work a little later. */
  get isTransient(): boolean {
    return ["overloaded", "rate_limit", "server_error", "timeout"].includes(this.reason);
  }
}
