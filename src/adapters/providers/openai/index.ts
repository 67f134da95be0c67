import type { Provider, ProviderEvent, ProviderRequest } from "../../../domain/runs/index.ts";
import { clientOf, type OpenAiOptions } from "./client.ts";
import { toFailure } from "./errors.ts";
import { chunkReader } from "./to-inbound.ts";
import { toChatRequest } from "./to-outbound.ts";

/** The Chat Completions dialect, which most services and local servers speak. */
export function openaiProvider(options: OpenAiOptions): Provider {
  const client = clientOf(options);
  return {
    async *stream(request: ProviderRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
      try {
        const openai = await client();
        const stream = await openai.chat.completions.create(toChatRequest(request), { signal });
        const reader = chunkReader();
        for await (const chunk of stream) yield* reader.read(chunk);
        yield* reader.end();
      } catch (error) {
        signal.throwIfAborted();
        throw toFailure(error);
      }
    },
  };
}
