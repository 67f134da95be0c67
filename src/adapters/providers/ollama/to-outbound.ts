import type { PromptMessage, ProviderRequest } from "../../../domain/runs/index.ts";

export function toOllamaRequest(request: ProviderRequest): Readonly<Record<string, unknown>> {
  const { model, tools } = request;
  const { maxTokens } = request.sampling ?? {};
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
    think: model.reasoning && request.thinking !== "off" ? request.thinking : false,
    // What does not fit is to be refused: the server would forget the beginning without a word.
    truncate: false,
    shift: false,
    options: maxTokens === undefined ? {} : { num_predict: model.maxTokens },
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
                id: call.id,
                function: { name: call.name, arguments: call.arguments ?? {} },
              })),
            }),
      };
    case "tool":
      return {
        role: "tool",
        content: message.isError === true ? `[tool error] ${message.text}` : message.text,
        tool_call_id: message.callId,
        tool_name: message.name,
      };
  }
}
