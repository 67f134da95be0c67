import type { ProviderEvent, StopReason, TokenUsage } from "../../../domain/runs/index.ts";
import { listMember, member, numberMember, textMember } from "../foreign.ts";

/** Reasons other than these, safety among them, end an answer like any other. */
const STOP_REASONS: Readonly<Record<string, StopReason>> = { MAX_TOKENS: "length" };

/** Reads the documents of a stream; each is an answer with some more of it. */
export function documentReader() {
  let reason: string | undefined;
  let calls = 0;
  let usage: TokenUsage | undefined;
  let origin: { responseId?: string; responseModel?: string } = {};

  function* readPart(part: unknown): Generator<ProviderEvent> {
    const call = member(part, "functionCall");
    if (call !== undefined) {
      calls += 1;
      const signature = textMember(part, "thoughtSignature");
      yield {
        type: "tool-call",
        call: {
          // The service may leave the id out; within one answer its place names a call.
          id: textMember(call, "id") ?? `${origin.responseId ?? "call"}_${calls}`,
          name: textMember(call, "name") ?? "",
          arguments: member(call, "args") ?? {},
          ...(signature === undefined ? {} : { signature }),
        },
      };
      return;
    }
    const text = textMember(part, "text") ?? "";
    if (text !== "") yield { type: member(part, "thought") === true ? "thinking" : "text", text };
  }

  return {
    *read(document: unknown): Generator<ProviderEvent> {
      const id = textMember(document, "responseId");
      const model = textMember(document, "modelVersion");
      origin = {
        ...origin,
        ...(id === undefined ? {} : { responseId: id }),
        ...(model === undefined ? {} : { responseModel: model }),
      };
      usage = usageOf(member(document, "usageMetadata")) ?? usage;
      const [candidate] = listMember(document, "candidates");
      for (const part of listMember(member(candidate, "content"), "parts")) yield* readPart(part);
      reason =
        textMember(candidate, "finishReason") ??
        textMember(member(document, "promptFeedback"), "blockReason") ??
        reason;
    },
    /** A stream that ends without a reason was cut: then there is no `stop`. */
    *end(): Generator<ProviderEvent> {
      if (reason === undefined) return;
      if (usage !== undefined) yield { type: "usage", usage };
      yield { type: "stop", reason: calls > 0 ? "toolUse" : (STOP_REASONS[reason] ?? "stop"), ...origin };
    },
  };
}

/** What was thought counts as output: it is paid for as such. */
function usageOf(metadata: unknown): TokenUsage | undefined {
  if (metadata === undefined) return undefined;
  const cacheRead = numberMember(metadata, "cachedContentTokenCount");
  const input = numberMember(metadata, "promptTokenCount") - cacheRead;
  const output =
    numberMember(metadata, "candidatesTokenCount") + numberMember(metadata, "thoughtsTokenCount");
  const total = numberMember(metadata, "totalTokenCount") || input + output + cacheRead;
  return { input, output, cacheRead, cacheWrite: 0, total };
}
