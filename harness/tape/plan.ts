import type { ProviderReply } from "../scenario/provider-schema.ts";
import type { Ask } from "./ask.ts";

export interface PlannedTool {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What will be answered, before it is put into a dialect. */
export interface Plan {
  readonly id: string;
  readonly model: string;
  readonly thinking: string | undefined;
  readonly chunks: readonly string[];
  readonly tools: readonly PlannedTool[];
  readonly usage: { readonly input: number; readonly output: number };
  readonly finish: "stop" | "length" | "tool_calls" | "content_filter";
  readonly error: ProviderReply["error"];
  readonly hold: string | undefined;
  readonly holdAfterChunks: number;
  readonly cutAfterChunks: number | undefined;
  readonly chunkDelayMs: number;
}

/** Words with their blanks, so that streams have several deltas. */
export function inWords(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

/** The last thing the person said: an echo of that is the default answer. */
function echoOf(ask: Ask): string {
  return `echo: ${ask.userTexts.at(-1) ?? ""}`.trim();
}

function matches(reply: ProviderReply, ask: Ask): boolean {
  if (reply.when !== undefined && !ask.userTexts.some((text) => text.includes(reply.when ?? "")))
    return false;
  return reply.afterTool === undefined || reply.afterTool === ask.roles.includes("tool");
}

/** The script of one scenario, and how much of it has been used. */
export class Script {
  readonly #replies: readonly ProviderReply[];
  readonly #used: number[];
  #answered = 0;

  constructor(replies: readonly ProviderReply[]) {
    this.#replies = replies;
    this.#used = replies.map(() => 0);
  }

  next(ask: Ask): Plan {
    this.#answered += 1;
    const index = this.#replies.findIndex(
      (reply, position) => (this.#used[position] ?? 0) < reply.times && matches(reply, ask),
    );
    const reply = this.#replies[index];
    if (reply !== undefined) this.#used[index] = (this.#used[index] ?? 0) + 1;
    return this.#plan(reply, ask);
  }

  #plan(reply: ProviderReply | undefined, ask: Ask): Plan {
    const tools = (reply?.tools ?? []).map((tool, index) => ({
      id: tool.id ?? `call_${this.#answered}_${index + 1}`,
      name: tool.name,
      arguments: tool.arguments,
    }));
    const isSilent = reply?.text === undefined && (tools.length > 0 || reply?.thinking !== undefined);
    const text = reply?.text ?? (isSilent ? "" : echoOf(ask));
    const chunks = reply?.chunks ?? inWords(text);
    return {
      id: `reply-${this.#answered}`,
      model: ask.model,
      thinking: reply?.thinking,
      chunks,
      tools,
      usage: reply?.usage ?? { input: 100, output: Math.max(1, chunks.length) },
      finish: reply?.finish ?? (tools.length > 0 ? "tool_calls" : "stop"),
      error: reply?.error,
      hold: reply?.hold,
      holdAfterChunks: reply?.holdAfterChunks ?? 0,
      cutAfterChunks: reply?.cutAfterChunks,
      chunkDelayMs: reply?.chunkDelayMs ?? 0,
    };
  }
}
