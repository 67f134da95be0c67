import { field, listField, makeAsk, type Said, textField, textOf } from "./ask.ts";
import { chunk, type Dialect, head, sse } from "./dialect.ts";
import type { Plan } from "./plan.ts";

const ROUTE = /\/models\/([^/:]+):(generateContent|streamGenerateContent)$/;

function said(content: unknown): Said {
  const parts = listField(content, "parts");
  const results = parts
    .map((part) => field(part, "functionResponse"))
    .filter((result) => result !== undefined)
    .map((result) => JSON.stringify(field(result, "response")));
  if (results.length > 0) return { role: "tool", text: "", toolResults: results };
  const attachments = parts.filter((part) => field(part, "inlineData") !== undefined).map(() => "inlineData");
  return {
    role: textField(content, "role") === "model" ? "assistant" : "user",
    text: textOf(parts),
    attachments,
  };
}

const FINISH = { stop: "STOP", length: "MAX_TOKENS", tool_calls: "STOP", content_filter: "SAFETY" } as const;

function answer(plan: Plan, parts: readonly object[], isLast: boolean): object {
  return {
    candidates: [
      {
        index: 0,
        content: { role: "model", parts },
        ...(isLast ? { finishReason: FINISH[plan.finish] } : {}),
      },
    ],
    modelVersion: plan.model,
    responseId: plan.id,
    usageMetadata: {
      promptTokenCount: plan.usage.input,
      candidatesTokenCount: plan.usage.output,
      totalTokenCount: plan.usage.input + plan.usage.output,
    },
  };
}

const toolPart = (tool: Plan["tools"][number]): object => ({
  functionCall: { id: tool.id, name: tool.name, args: tool.arguments },
});

export const gemini: Dialect = {
  streamType: "text/event-stream",
  read(path, body) {
    const route = ROUTE.exec(path);
    if (route === null) return undefined;
    const declarations = listField(body, "tools").flatMap((tool) => listField(tool, "functionDeclarations"));
    return makeAsk(
      {
        api: "google-generative-ai",
        path,
        model: route[1] ?? "",
        stream: route[2] === "streamGenerateContent",
        hasSystem: field(body, "systemInstruction") !== undefined,
        toolNames: declarations.map((declaration) => textField(declaration, "name")),
      },
      listField(body, "contents").map(said),
    );
  },
  stream: (plan) => [
    ...(plan.thinking === undefined
      ? []
      : [chunk(sse(answer(plan, [{ text: plan.thinking, thought: true }], false)))]),
    ...plan.chunks.map((text) => chunk(sse(answer(plan, [{ text }], false)))),
    ...plan.tools.map((tool) => chunk(sse(answer(plan, [toolPart(tool)], false)))),
    head(sse(answer(plan, [{ text: "" }], true))),
  ],
  whole: (plan) => answer(plan, [{ text: plan.chunks.join("") }, ...plan.tools.map(toolPart)], true),
  error: (status, message) => ({
    error: { code: status, message, status: status === 429 ? "RESOURCE_EXHAUSTED" : "UNAVAILABLE" },
  }),
};
