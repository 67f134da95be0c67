import type OpenAI from "openai";
import type { PromptMessage, ProviderRequest } from "../../../../domain/runs/index.ts";
import { EFFORTS } from "../efforts.ts";

type Item = OpenAI.Responses.ResponseInputItem;

export function toResponsesRequest(request: ProviderRequest): OpenAI.Responses.ResponseCreateParamsStreaming {
  const { model, tools } = request;
  const effort = model.reasoning ? EFFORTS[request.thinking] : undefined;
  return {
    model: model.id,
    stream: true,
    store: false,
    input: [{ role: "system", content: request.system }, ...request.messages.flatMap(toItems)],
    ...(model.isUndescribed ? {} : { max_output_tokens: model.maxTokens }),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            type: "function" as const,
            name,
            description,
            parameters: { ...parameters },
            strict: false,
          })),
        }),
    ...(effort === undefined
      ? {}
      : {
          reasoning: { effort, summary: "auto" as const },
          include: ["reasoning.encrypted_content" as const],
        }),
  };
}

function toItems(message: PromptMessage): Item[] {
  switch (message.role) {
    case "user":
      return [
        {
          type: "message",
          role: "user",
          content: [
            { type: "input_text", text: message.text },
            ...(message.images ?? []).map(({ mimeType, base64 }) => ({
              type: "input_image" as const,
              detail: "auto" as const,
              image_url: `data:${mimeType};base64,${base64}`,
            })),
          ],
        },
      ];
    case "assistant":
      return [
        ...(message.text === "" ? [] : [{ role: "assistant" as const, content: message.text }]),
        ...message.toolCalls.map((call) => ({
          type: "function_call" as const,
          call_id: call.id,
          name: call.name,
          arguments: JSON.stringify(call.arguments ?? {}),
        })),
      ];
    case "tool":
      return [{ type: "function_call_output", call_id: message.callId, output: message.text }];
  }
}
