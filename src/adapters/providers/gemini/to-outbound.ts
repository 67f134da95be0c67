import type { PromptMessage, ProviderRequest } from "../../../domain/runs/index.ts";

type Part = Readonly<Record<string, unknown>>;
interface Content {
  readonly role: "user" | "model";
  readonly parts: Part[];
}

export function toGenerateRequest(request: ProviderRequest): Readonly<Record<string, unknown>> {
  const { model, tools } = request;
  return {
    systemInstruction: { parts: [{ text: request.system }] },
    contents: toContents(request.messages),
    ...(tools.length === 0
      ? {}
      : {
          tools: [
            {
              functionDeclarations: tools.map(({ name, description, parameters }) => ({
                name,
                description,
                parametersJsonSchema: parameters,
              })),
            },
          ],
        }),
    generationConfig: {
      ...(request.sampling?.maxTokens === undefined ? {} : { maxOutputTokens: model.maxTokens }),
      ...(model.reasoning && request.thinking !== "off" ? { thinkingConfig: { includeThoughts: true } } : {}),
    },
  };
}

/** The results of calls that were made together have to come back together: one role, one content. */
function toContents(messages: readonly PromptMessage[]): readonly Content[] {
  const contents: Content[] = [];
  for (const message of messages) {
    const role = message.role === "assistant" ? "model" : "user";
    const parts = toParts(message);
    if (parts.length === 0) continue;
    const last = contents.at(-1);
    if (last?.role === role && isResult(last.parts[0]) === isResult(parts[0])) last.parts.push(...parts);
    else contents.push({ role, parts });
  }
  return contents;
}

const isResult = (part: Part | undefined): boolean => part?.["functionResponse"] !== undefined;

function toParts(message: PromptMessage): Part[] {
  switch (message.role) {
    case "user":
      return [
        ...(message.text === "" ? [] : [{ text: message.text }]),
        ...(message.images ?? []).map(({ mimeType, base64 }) => ({ inlineData: { mimeType, data: base64 } })),
      ];
    case "assistant":
      return [
        ...(message.text === "" ? [] : [{ text: message.text }]),
        ...message.toolCalls.map((call) => ({
          functionCall: { name: call.name, args: call.arguments ?? {} },
          ...(call.signature === undefined ? {} : { thoughtSignature: call.signature }),
        })),
      ];
    case "tool": {
      const response = message.isError === true ? { error: message.text } : { output: message.text };
      return [{ functionResponse: { name: message.name, response } }];
    }
  }
}
