import type { Provider } from "../../../domain/runs/index.ts";
import { baseUrl } from "../base-url.ts";
import { postForEvents } from "../http.ts";
import type { ProviderOptions } from "../options.ts";
import { failureIn } from "./errors.ts";
import { documentReader } from "./to-inbound.ts";
import { toGenerateRequest } from "./to-outbound.ts";

const HOME = "https://generativelanguage.googleapis.com/v1beta";

/** The Generative Language dialect. */
export function geminiProvider(options: ProviderOptions): Provider {
  return {
    async *stream(request, signal) {
      const settings = options.settings();
      const model = encodeURIComponent(request.model.id);
      const url = `${baseUrl(settings, HOME)}/models/${model}:streamGenerateContent?alt=sse`;
      const key = settings?.apiKey;
      const headers = { ...(key === undefined ? {} : { "x-goog-api-key": key }), ...settings?.headers };
      const reader = documentReader();
      const body = toGenerateRequest(request);
      for await (const document of postForEvents({ url, headers, body }, options, signal)) {
        const failure = failureIn(document);
        if (failure !== undefined) throw failure;
        yield* reader.read(document);
      }
      yield* reader.end();
    },
  };
}
