import type OpenAI from "openai";
import type { PromptMessage, ProviderRequest, ToolCall } from "../../../domain/runs/index.ts";
import { EFFORTS } from "./efforts.ts";

type ChatRequest = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type ChatMessage = OpenAI.Chat.ChatCompletionMessageParam;

export function toChatRequest(request: ProviderRequest): ChatRequest {
  const { model, tools } = request;
  const { maxTokens: _, ...settings } = request.sampling ?? {};
  // compat(RN34): servers that merely speak the dialect are not told how hard to think.
  const isTold = model.reasoning && model.provider === "openai";
  const effort = isTold ? EFFORTS[request.thinking] : undefined;
  return {
    model: model.id,
    messages: [{ role: "system", content: request.system }, ...toChatMessages(request.messages)],
    stream: true,
    stream_options: { include_usage: true },
    ...(model.isUndescribed ? {} : { max_completion_tokens: model.maxTokens }),
    // As the client wrote it: the service says itself what it does not take.
    ...(settings as object),
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

/** This dialect has no pictures in results: the user is made to show them, after the results of one answer. */
function toChatMessages(messages: readonly PromptMessage[]): readonly ChatMessage[] {
  return messages.flatMap((message, index) => {
    const own = toChatMessage(message);
    if (message.role !== "tool" || messages[index + 1]?.role === "tool") return [own];
    const start = messages.findLastIndex((one, at) => at < index && one.role !== "tool") + 1;
    const shown = messages.slice(start, index + 1).flatMap((one, at) => picturesOf(one, at + 1));
    return shown.length === 0 ? [own] : [own, { role: "user" as const, content: shown }];
  });
}

function picturesOf(message: PromptMessage, number: number) {
  if (message.role !== "tool" || (message.images ?? []).length === 0) return [];
  const content = userContent(
    `Image(s) from tool result #${number} (${message.name}):`,
    message.images ?? [],
  );
  return typeof content === "string" ? [] : content;
}

function toChatMessage(message: PromptMessage): ChatMessage {
  switch (message.role) {
    case "user":
      return { role: "user", content: userContent(message.text, message.images ?? []) };
    case "assistant":
      return {
        role: "assistant",
        content: message.text === "" ? null : message.text,
        ...(message.thoughts === undefined ? {} : { reasoning_content: message.thoughts.text }),
        ...(message.toolCalls.length === 0 ? {} : { tool_calls: message.toolCalls.map(toChatCall) }),
      };
    case "tool":
      return { role: "tool", tool_call_id: idOf(message.callId), content: message.text };
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

/** compat(RN33): letters and digits, which every service of this dialect takes. */
function idOf(callId: string): string {
  return callId.replaceAll(/[^a-zA-Z0-9]/g, "");
}

function toChatCall(call: ToolCall) {
  return {
    id: idOf(call.id),
    type: "function" as const,
    function: { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) },
  };
}
