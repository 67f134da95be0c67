import type { ImagePart, PromptMessage, ProviderRequest } from "../../../domain/runs/index.ts";

type Block = Readonly<Record<string, unknown>>;
interface Turn {
  readonly role: "user" | "assistant";
  readonly content: Block[];
}

/** Tokens to think with, for each of our levels. The service takes none below the first. */
const BUDGETS: Readonly<Record<string, number>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 16_384,
  xhigh: 24_576,
  max: 32_768,
};
/** The least of the output that is left for the answer itself. */
const ANSWER_TOKENS_MIN = 1_024;
/** What has this mark, and everything before it, is kept by the service for the next call. */
const CACHE = { cache_control: { type: "ephemeral" } };

export function toMessagesRequest(request: ProviderRequest): Readonly<Record<string, unknown>> {
  const { model, tools } = request;
  const budget = model.reasoning ? BUDGETS[request.thinking] : undefined;
  const thinking = budget === undefined ? 0 : Math.min(budget, model.maxTokens - ANSWER_TOKENS_MIN);
  return {
    model: model.id,
    stream: true,
    max_tokens: model.maxTokens,
    system: [{ type: "text", text: request.system, ...CACHE }],
    messages: toTurns(request.messages, thinking >= ANSWER_TOKENS_MIN),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            name,
            description,
            input_schema: parameters,
          })),
        }),
    ...(thinking < ANSWER_TOKENS_MIN ? {} : { thinking: { type: "enabled", budget_tokens: thinking } }),
  };
}

/** The service wants user and assistant in turns: what follows in one role becomes one message. */
function toTurns(messages: readonly PromptMessage[], isThinking: boolean): readonly Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const blocks = toBlocks(message, isThinking);
    if (blocks.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else turns.push({ role, content: blocks });
  }
  const newest = turns.at(-1)?.content;
  const end = newest?.pop();
  if (end !== undefined) newest?.push({ ...end, ...CACHE });
  return turns;
}

function resultContent(text: string, images: readonly ImagePart[]): string | Block[] {
  return images.length === 0 ? text : [{ type: "text", text }, ...images.map(toImage)];
}

function toImage({ mimeType, base64 }: ImagePart): Block {
  return { type: "image", source: { type: "base64", media_type: mimeType, data: base64 } };
}

function toBlocks(message: PromptMessage, isThinking: boolean): Block[] {
  switch (message.role) {
    case "user": {
      const images = (message.images ?? []).map(toImage);
      return message.text === "" ? images : [{ type: "text", text: message.text }, ...images];
    }
    case "assistant": {
      const { thoughts } = message;
      return [
        ...(isThinking && thoughts?.signature !== undefined
          ? [{ type: "thinking", thinking: thoughts.text, signature: thoughts.signature }]
          : []),
        ...(message.text.trim() === "" ? [] : [{ type: "text", text: message.text }]),
        ...message.toolCalls.map((call) => ({
          type: "tool_use",
          id: call.id,
          name: call.name,
          input: call.arguments ?? {},
        })),
      ];
    }
    case "tool":
      return [
        {
          type: "tool_result",
          tool_use_id: message.callId,
          content: resultContent(message.text === "" ? "(no output)" : message.text, message.images ?? []),
          is_error: message.isError === true,
        },
      ];
  }
}
