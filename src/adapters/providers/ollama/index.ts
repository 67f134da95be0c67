import type { Provider } from "../../../domain/runs/index.ts";
import type { Ids } from "../../../platform/ids.ts";
import { parseJson } from "../../../platform/json.ts";
import { baseUrl } from "../base-url.ts";
import { postForLines } from "../http.ts";
import type { ProviderOptions } from "../options.ts";
import { failureIn } from "./errors.ts";
import { lineReader } from "./to-inbound.ts";
import { toOllamaRequest } from "./to-outbound.ts";

const HOME = "http://127.0.0.1:11434";

/** The dialect of a local Ollama: JSON, one document a line. */
export function ollamaProvider(options: ProviderOptions & { readonly ids: Ids }): Provider {
  return {
    async *stream(request, signal) {
      const settings = options.settings();
      const url = `${baseUrl(settings, HOME).replace(/\/v1$/, "")}/api/chat`;
      const key = settings?.apiKey;
      const headers = {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...settings?.headers,
      };
      const reader = lineReader(() => options.ids.token(9));
      const body = toOllamaRequest(request);
      for await (const text of postForLines({ url, headers, body }, options, signal)) {
        const line = parseJson(text);
        const failure = failureIn(line);
        if (failure !== undefined) throw failure;
        yield* reader.read(line);
      }
    },
  };
}
