import { attachmentsOf, field, listField, makeAsk, type Said, textField, textOf } from "./ask.ts";
import { chunk, type Dialect, head, sse } from "./dialect.ts";
import type { Plan } from "./plan.ts";

const isSystem = (role: string): boolean => role === "system" || role === "developer";

function said(message: unknown): Said {
  const role = textField(message, "role");
  const content = field(message, "content");
  const text = textOf(content);
  return role === "tool"
    ? { role, text: "", toolResults: [text] }
    : { role, text, attachments: attachmentsOf(content) };
}

const usageOf = (plan: Plan): object => ({
  prompt_tokens: plan.usage.input,
  completion_tokens: plan.usage.output,
  total_tokens: plan.usage.input + plan.usage.output,
});

const toolOf = (tool: Plan["tools"][number], index: number): object => ({
  index,
  id: tool.id,
  type: "function",
  function: { name: tool.name, arguments: JSON.stringify(tool.arguments) },
});

export const openaiChat: Dialect = {
  streamType: "text/event-stream",
  read(path, body) {
    if (!path.endsWith("/chat/completions")) return undefined;
    const messages = listField(body, "messages");
    return makeAsk(
      {
        api: "openai-completions",
        path,
        model: textField(body, "model"),
        stream: field(body, "stream") === true,
        hasSystem: messages.some((message) => isSystem(textField(message, "role"))),
        toolNames: listField(body, "tools").map((tool) => textField(field(tool, "function"), "name")),
      },
      messages.map(said).filter((message) => !isSystem(message.role)),
    );
  },
  stream(plan) {
    const base = { id: plan.id, object: "chat.completion.chunk", created: 1, model: plan.model };
    const delta = (value: object, finish: string | null = null): string =>
      sse({ ...base, choices: [{ index: 0, delta: value, finish_reason: finish }] });
    return [
      head(delta({ role: "assistant", content: "" })),
      ...(plan.thinking === undefined ? [] : [chunk(delta({ reasoning_content: plan.thinking }))]),
      ...plan.chunks.map((content) => chunk(delta({ content }))),
      ...plan.tools.map((tool, index) => chunk(delta({ tool_calls: [toolOf(tool, index)] }))),
      head(delta({}, plan.finish)),
      head(sse({ ...base, choices: [], usage: usageOf(plan) })),
      head("data: [DONE]\n\n"),
    ];
  },
  whole: (plan) => ({
    id: plan.id,
    object: "chat.completion",
    created: 1,
    model: plan.model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: plan.chunks.join(""),
          ...(plan.tools.length > 0 ? { tool_calls: plan.tools.map(toolOf) } : {}),
        },
        finish_reason: plan.finish,
      },
    ],
    usage: usageOf(plan),
  }),
  error: (status, message) => ({
    error: { message, type: status === 429 ? "rate_limit_error" : "server_error", code: String(status) },
  }),
};
