import { z } from "zod";

const ToolCall = z.strictObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
  /** Fixed so that traces are equal; by default call_<n>. */
  id: z.string().optional(),
});

/** One scripted answer of the model. The first unused one that matches is taken, in the order written. */
export const ProviderReply = z.strictObject({
  /** Part of any user message of the request; without it the reply fits every request. */
  when: z.string().optional(),
  /** Only requests that carry a tool result (true) or none (false). */
  afterTool: z.boolean().optional(),
  /** May be used more than once; default 1. */
  times: z.int().min(1).max(1000).default(1),
  text: z.string().optional(),
  /** Streamed in these pieces instead of word by word. */
  chunks: z.array(z.string()).optional(),
  thinking: z.string().optional(),
  tools: z.array(ToolCall).optional(),
  usage: z.strictObject({ input: z.int().min(0), output: z.int().min(0) }).optional(),
  finish: z.enum(["stop", "length", "tool_calls", "content_filter"]).optional(),
  /** Answer with this HTTP status instead, and the message in the vendor's own error shape. */
  error: z
    .strictObject({ status: z.int().min(400).max(599), message: z.string(), retryAfterS: z.int().optional() })
    .optional(),
  /** Wait for the step `release: <gate>` before the first byte (hold) or after that many chunks. */
  hold: z.string().optional(),
  holdAfterChunks: z.int().min(0).optional(),
  /** Cut the connection after that many chunks, without an end mark. */
  cutAfterChunks: z.int().min(0).optional(),
  /** Pause before each chunk, to be slow on purpose. */
  chunkDelayMs: z.int().min(0).max(5000).optional(),
});
export type ProviderReply = z.infer<typeof ProviderReply>;
