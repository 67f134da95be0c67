import type { Provider, ProviderEvent, ProviderRequest } from "../../../../domain/runs/index.ts";
import { clientOf, type OpenAiOptions } from "../client.ts";
import { toFailure } from "../errors.ts";
import { eventReader } from "./to-inbound.ts";
import { toResponsesRequest } from "./to-outbound.ts";

/** The Responses dialect. Nothing is stored with the service: the gateway's transcript is the conversation. */
export function responsesProvider(options: OpenAiOptions): Provider {
  const client = clientOf(options);
  return {
    async *stream(request: ProviderRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
      try {
        const openai = await client();
        const stream = await openai.responses.create(toResponsesRequest(request), { signal });
        const reader = eventReader();
        for await (const event of stream) yield* reader.read(event);
        yield* reader.end();
      } catch (error) {
        signal.throwIfAborted();
        throw toFailure(error);
      }
    },
  };
}
