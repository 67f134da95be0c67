import { field, listField, makeAsk, type Said, textField } from "./ask.ts";
import { chunk, type Dialect, head } from "./dialect.ts";
import type { Plan } from "./plan.ts";

function said(message: unknown): Said {
  const role = textField(message, "role");
  const text = textField(message, "content");
  if (role === "tool") return { role, text: "", toolResults: [text] };
  return { role, text, attachments: listField(message, "images").map(() => "image") };
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;
const CREATED_AT = "2000-01-01T00:00:00Z";

const toolOf = (tool: Plan["tools"][number]): object => ({
  function: { name: tool.name, arguments: tool.arguments },
});

function end(plan: Plan): object {
  return {
    model: plan.model,
    created_at: CREATED_AT,
    done: true,
    done_reason: plan.finish === "length" ? "length" : "stop",
    prompt_eval_count: plan.usage.input,
    eval_count: plan.usage.output,
    total_duration: 1,
  };
}

export const ollama: Dialect = {
  streamType: "application/x-ndjson",
  read(path, body) {
    if (!path.endsWith("/api/chat")) return undefined;
    const messages = listField(body, "messages");
    return makeAsk(
      {
        api: "ollama",
        path,
        model: textField(body, "model"),
        stream: field(body, "stream") !== false,
        hasSystem: messages.some((message) => textField(message, "role") === "system"),
        toolNames: listField(body, "tools").map((tool) => textField(field(tool, "function"), "name")),
      },
      messages.map(said).filter((message) => message.role !== "system"),
    );
  },
  stream(plan) {
    const piece = (message: object): string =>
      line({
        model: plan.model,
        created_at: CREATED_AT,
        done: false,
        message: { role: "assistant", ...message },
      });
    return [
      ...(plan.thinking === undefined ? [] : [chunk(piece({ content: "", thinking: plan.thinking }))]),
      ...plan.chunks.map((content) => chunk(piece({ content }))),
      ...(plan.tools.length > 0 ? [chunk(piece({ content: "", tool_calls: plan.tools.map(toolOf) }))] : []),
      head(line({ ...end(plan), message: { role: "assistant", content: "" } })),
    ];
  },
  whole: (plan) => ({
    ...end(plan),
    message: { role: "assistant", content: plan.chunks.join(""), tool_calls: plan.tools.map(toolOf) },
  }),
  error: (_status, message) => ({ error: message }),
};
