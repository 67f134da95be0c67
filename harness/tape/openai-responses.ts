import { attachmentsOf, field, listField, makeAsk, type Said, textField, textOf } from "./ask.ts";
import { chunk, type Dialect, head, named, type Piece } from "./dialect.ts";
import type { Plan } from "./plan.ts";

function said(item: unknown): Said[] {
  const type = textField(item, "type");
  if (type === "function_call") return [{ role: "assistant", text: "" }];
  if (type === "function_call_output") {
    const output = field(item, "output");
    return [{ role: "tool", text: "", toolResults: [textOf(output)] }];
  }
  const role = textField(item, "role");
  if (role === "" || role === "system" || role === "developer") return [];
  const content = field(item, "content");
  return [{ role, text: textOf(content), attachments: attachmentsOf(content) }];
}

function outputOf(plan: Plan): object[] {
  const text = plan.chunks.join("");
  return [
    ...(text === ""
      ? []
      : [
          {
            type: "message",
            id: "msg_1",
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text, annotations: [] }],
          },
        ]),
    ...plan.tools.map((tool) => ({
      type: "function_call",
      id: `fc_${tool.id}`,
      call_id: tool.id,
      name: tool.name,
      arguments: JSON.stringify(tool.arguments),
      status: "completed",
    })),
  ];
}

const envelope = (plan: Plan, status: string, output: readonly object[]): object => ({
  id: plan.id,
  object: "response",
  created_at: 1,
  model: plan.model,
  status,
  output,
  usage: {
    input_tokens: plan.usage.input,
    output_tokens: plan.usage.output,
    total_tokens: plan.usage.input + plan.usage.output,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  },
});

function messagePieces(plan: Plan, item: object): Piece[] {
  const at = { output_index: 0, item_id: "msg_1", content_index: 0 };
  const text = plan.chunks.join("");
  const part = { type: "output_text", text: "", annotations: [] };
  return [
    head(named("response.output_item.added", { output_index: 0, item: { ...item, content: [] } })),
    head(named("response.content_part.added", { ...at, part })),
    ...plan.chunks.map((delta) => chunk(named("response.output_text.delta", { ...at, delta }))),
    head(named("response.output_text.done", { ...at, text })),
    head(named("response.content_part.done", { ...at, part: { ...part, text } })),
    head(named("response.output_item.done", { output_index: 0, item })),
  ];
}

function toolPieces(item: object, index: number): Piece[] {
  const at = { output_index: index, item_id: textField(item, "id") };
  const text = textField(item, "arguments");
  return [
    head(named("response.output_item.added", { output_index: index, item: { ...item, arguments: "" } })),
    chunk(named("response.function_call_arguments.delta", { ...at, delta: text })),
    head(named("response.function_call_arguments.done", { ...at, arguments: text })),
    head(named("response.output_item.done", { output_index: index, item })),
  ];
}

export const openaiResponses: Dialect = {
  streamType: "text/event-stream",
  read(path, body) {
    if (!path.endsWith("/responses")) return undefined;
    const input = field(body, "input");
    const items = typeof input === "string" ? [{ role: "user", content: input }] : listField(body, "input");
    const systemRoles = items.map((item) => textField(item, "role"));
    return makeAsk(
      {
        api: "openai-responses",
        path,
        model: textField(body, "model"),
        stream: field(body, "stream") === true,
        hasSystem:
          textField(body, "instructions") !== "" ||
          systemRoles.some((role) => role === "system" || role === "developer"),
        toolNames: listField(body, "tools").map((tool) => textField(tool, "name")),
      },
      items.flatMap(said),
    );
  },
  stream(plan) {
    const output = outputOf(plan);
    const status = plan.finish === "length" ? "incomplete" : "completed";
    return [
      head(named("response.created", { response: envelope(plan, "in_progress", []) })),
      ...output.flatMap((item, index) =>
        textField(item, "type") === "message" ? messagePieces(plan, item) : toolPieces(item, index),
      ),
      head(named(`response.${status}`, { response: envelope(plan, status, output) })),
    ];
  },
  whole: (plan) => envelope(plan, "completed", outputOf(plan)),
  error: (status, message) => ({
    error: { message, type: status === 429 ? "rate_limit_error" : "server_error", code: String(status) },
  }),
};
