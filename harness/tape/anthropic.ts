import { attachmentsOf, field, listField, makeAsk, type Said, textField, textOf } from "./ask.ts";
import { chunk, type Dialect, head, named, type Piece } from "./dialect.ts";
import type { Plan } from "./plan.ts";

const STOP = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  content_filter: "refusal",
} as const;

function said(message: unknown): Said[] {
  const content = field(message, "content");
  const role = textField(message, "role");
  const parts = Array.isArray(content) ? content : [];
  const results = parts.filter((part) => textField(part, "type") === "tool_result");
  const text = textOf(content);
  return [
    ...(results.length > 0
      ? [{ role: "tool", text: "", toolResults: results.map((part) => textOf(field(part, "content"))) }]
      : []),
    ...(results.length === 0 || text !== "" ? [{ role, text, attachments: attachmentsOf(content) }] : []),
  ];
}

function block(index: number, start: object, deltas: readonly object[]): Piece[] {
  return [
    head(named("content_block_start", { index, content_block: start })),
    ...deltas.map((delta) => chunk(named("content_block_delta", { index, delta }))),
    head(named("content_block_stop", { index })),
  ];
}

function blocks(plan: Plan): Piece[] {
  const made: ((index: number) => Piece[])[] = [];
  const { thinking } = plan;
  if (thinking !== undefined) {
    const deltas = [
      { type: "thinking_delta", thinking },
      { type: "signature_delta", signature: "c2lnbmF0dXJl" },
    ];
    made.push((index) => block(index, { type: "thinking", thinking: "", signature: "" }, deltas));
  }
  if (plan.chunks.length > 0) {
    const deltas = plan.chunks.map((text) => ({ type: "text_delta", text }));
    made.push((index) => block(index, { type: "text", text: "" }, deltas));
  }
  for (const tool of plan.tools) {
    const start = { type: "tool_use", id: tool.id, name: tool.name, input: {} };
    const deltas = [{ type: "input_json_delta", partial_json: JSON.stringify(tool.arguments) }];
    made.push((index) => block(index, start, deltas));
  }
  return made.flatMap((make, index) => make(index));
}

const usageOf = (plan: Plan): object => ({
  input_tokens: plan.usage.input,
  output_tokens: plan.usage.output,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
});

const message = (plan: Plan, content: readonly object[], stop: string | null): object => ({
  id: plan.id,
  type: "message",
  role: "assistant",
  model: plan.model,
  content,
  stop_reason: stop,
  stop_sequence: null,
  usage: usageOf(plan),
});

export const anthropic: Dialect = {
  streamType: "text/event-stream",
  read(path, body) {
    if (!path.endsWith("/messages")) return undefined;
    return makeAsk(
      {
        api: "anthropic-messages",
        path,
        model: textField(body, "model"),
        stream: field(body, "stream") === true,
        hasSystem: textOf(field(body, "system")) !== "",
        toolNames: listField(body, "tools").map((tool) => textField(tool, "name")),
      },
      listField(body, "messages").flatMap(said),
    );
  },
  stream: (plan) => [
    head(named("message_start", { message: message(plan, [], null) })),
    ...blocks(plan),
    head(
      named("message_delta", {
        delta: { stop_reason: STOP[plan.finish], stop_sequence: null },
        usage: { output_tokens: plan.usage.output },
      }),
    ),
    head(named("message_stop", {})),
  ],
  whole: (plan) =>
    message(
      plan,
      [
        ...(plan.chunks.length > 0 ? [{ type: "text", text: plan.chunks.join("") }] : []),
        ...plan.tools.map((tool) => ({
          type: "tool_use",
          id: tool.id,
          name: tool.name,
          input: tool.arguments,
        })),
      ],
      STOP[plan.finish],
    ),
  error: (status, text) => ({
    type: "error",
    error: {
      type: status === 429 ? "rate_limit_error" : status === 529 ? "overloaded_error" : "api_error",
      message: text,
    },
  }),
};
