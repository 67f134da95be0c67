import type { Provider } from "../../../domain/runs/index.ts";
import type { ProviderOptions } from "../options.ts";
import { converse } from "./service.ts";
import { chunkReader } from "./to-inbound.ts";
import { toChatRequest } from "./to-outbound.ts";

/** The Chat Completions dialect, which most services and local servers speak. */
export function openaiProvider(options: ProviderOptions): Provider {
  return {
    stream(request, signal) {
      const call = { path: "/chat/completions", body: toChatRequest(request), reader: chunkReader() };
      return converse(call, options, signal);
    },
  };
}
