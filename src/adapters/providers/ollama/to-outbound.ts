import type { PromptMessage, ProviderRequest } from "../../../domain/runs/index.ts";

export function toOllamaRequest(request: ProviderRequest): Readonly<Record<string, unknown>> {
  const { model, tools } = request;
  return {
    model: model.id,
    stream: true,
    messages: [{ role: "system", content: request.system }, ...request.messages.map(toMessage)],
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            type: "function",
            function: { name, description, parameters },
          })),
        }),
    ...(model.reasoning ? { think: request.thinking !== "off" } : {}),
    // Without it the server takes a small window of its own and forgets the beginning without a word.
    options: { num_ctx: model.contextWindow, num_predict: model.maxTokens },
  };
}

function toMessage(message: PromptMessage) {
  switch (message.role) {
    case "user": {
      const images = (message.images ?? []).map((one) => one.base64);
      return { role: "user", content: message.text, ...(images.length === 0 ? {} : { images }) };
    }
    case "assistant":
      return {
        role: "assistant",
        content: message.text,
        ...(message.toolCalls.length === 0
          ? {}
          : {
              tool_calls: message.toolCalls.map((call) => ({
                function: { name: call.name, arguments: call.arguments ?? {} },
              })),
            }),
      };
    case "tool":
      return { role: "tool", content: message.text, tool_name: message.name };
  }
}
