import type { RunOutcome } from "../domain/runs/index.ts";
import { isCutShort, spentIn } from "./run-once.ts";

export interface Head {
  readonly id: string;
  readonly createdAt: number;
  readonly model: string;
  readonly itemId: string;
}

/** What went wrong, as a response tells it. */
export interface Part {
  readonly code: string;
  readonly message: string;
}

const NOTHING_SPENT = {
  input_tokens: 0,
  output_tokens: 0,
  total_tokens: 0,
  input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
  output_tokens_details: { reasoning_tokens: 0 },
};

/** The members that every state of a response has. */
export function shell(head: Head, status: string) {
  return { id: head.id, object: "response", created_at: head.createdAt, status, model: head.model };
}

export function begun(head: Head) {
  return { ...shell(head, "in_progress"), output: [], usage: NOTHING_SPENT };
}

/** A tool of the client that is wanted. */
export interface CallItem {
  readonly type: "function_call";
  readonly id: string;
  readonly call_id: string;
  readonly name: string;
  readonly arguments: string;
}

/** The finished response, good or bad. */
export function resource(
  head: Head,
  outcome: RunOutcome,
  failed: Part | undefined,
  calls: readonly object[],
) {
  if (failed !== undefined) {
    const { code, message } = failed;
    return { ...shell(head, "failed"), output: [], usage: usageOf(outcome), error: { code, message } };
  }
  const isCut = isCutShort(outcome);
  return {
    ...shell(head, isCut ? "incomplete" : "completed"),
    ...(isCut ? { incomplete_details: { reason: "max_output_tokens" } } : {}),
    output: calls.length > 0 ? calls : [messageItem(head, outcome.text, isCut ? "incomplete" : "completed")],
    usage: usageOf(outcome),
  };
}

export function messageItem(head: Head, text: string, status: string, phase = "final_answer") {
  return {
    type: "message",
    id: head.itemId,
    role: "assistant",
    content: [{ type: "output_text", text }],
    phase,
    status,
  };
}

export function usageOf(outcome: RunOutcome) {
  const { input, output, cacheRead, cacheWrite } = spentIn(outcome);
  const inputTokens = input + cacheRead + cacheWrite;
  return {
    input_tokens: inputTokens,
    output_tokens: output,
    total_tokens: inputTokens + output,
    input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    output_tokens_details: { reasoning_tokens: 0 },
  };
}
