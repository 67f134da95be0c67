import type { Provider } from "../../../domain/runs/index.ts";
import { baseUrl } from "../base-url.ts";
import { postForEvents } from "../http.ts";
import type { ProviderOptions } from "../options.ts";
import { failureIn } from "./errors.ts";
import { eventReader } from "./to-inbound.ts";
import { toMessagesRequest } from "./to-outbound.ts";

const HOME = "https://api.anthropic.com";
/** The dialect is frozen under this date; newer members come on top of it. */
const VERSION = "2023-06-01";

/** The Messages dialect. */
export function anthropicProvider(options: ProviderOptions): Provider {
  return {
    async *stream(request, signal) {
      const settings = options.settings();
      const url = `${baseUrl(settings, HOME).replace(/\/v1$/, "")}/v1/messages`;
      const headers = {
        "anthropic-version": VERSION,
        ...credential(settings?.apiKey),
        ...settings?.headers,
      };
      const reader = eventReader();
      const body = toMessagesRequest(request);
      for await (const event of postForEvents({ url, headers, body }, options, signal)) {
        const failure = failureIn(event);
        if (failure !== undefined) throw failure;
        yield* reader.read(event);
      }
      yield* reader.end();
    },
  };
}

/** A key of an organisation and a token of a person's subscription go by different headers. */
function credential(apiKey: string | undefined): Record<string, string> {
  if (apiKey === undefined) return {};
  return apiKey.startsWith("sk-ant-oat")
    ? { authorization: `Bearer ${apiKey}`, "anthropic-beta": "oauth-2025-04-20" }
    : { "x-api-key": apiKey };
}
