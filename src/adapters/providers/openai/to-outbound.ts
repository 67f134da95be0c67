import type OpenAI from "openai";
import type { PromptMessage, ProviderRequest, ToolCall } from "../../../domain/runs/index.ts";
import { EFFORTS } from "./efforts.ts";

type ChatRequest = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type ChatMessage = OpenAI.Chat.ChatCompletionMessageParam;

export function toChatRequest(request: ProviderRequest): ChatRequest {
  const { model, tools } = request;
  const effort = model.reasoning ? EFFORTS[request.thinking] : undefined;
  return {
    model: model.id,
    messages: [{ role: "system", content: request.system }, ...request.messages.map(toChatMessage)],
    stream: true,
    stream_options: { include_usage: true },
    max_completion_tokens: model.maxTokens,
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            type: "function" as const,
            function: { name, description, parameters: { ...parameters } },
          })),
          tool_choice: "auto" as const,
        }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
  };
}

function toChatMessage(message: PromptMessage): ChatMessage {
  switch (message.role) {
    case "user":
      return { role: "user", content: userContent(message.text, message.images ?? []) };
    case "assistant":
      return {
        role: "assistant",
        content: message.text === "" ? null : message.text,
        ...(message.toolCalls.length === 0 ? {} : { tool_calls: message.toolCalls.map(toChatCall) }),
      };
    case "tool":
      return { role: "tool", tool_call_id: message.callId, content: message.text };
  }
}

function userContent(text: string, images: readonly { mimeType: string; base64: string }[]) {
  if (images.length === 0) return text;
  return [
    { type: "text" as const, text },
    ...images.map(({ mimeType, base64 }) => ({
      type: "image_url" as const,
      image_url: { url: `data:${mimeType};base64,${base64}` },
    })),
  ];
}

function toChatCall(call: ToolCall) {
  return {
    id: call.id,
    type: "function" as const,
    function: { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) },
  };
}
