import type { Provider } from "../../../../domain/runs/index.ts";
import type { ProviderOptions } from "../../options.ts";
import { converse } from "../service.ts";
import { eventReader } from "./to-inbound.ts";
import { toResponsesRequest } from "./to-outbound.ts";

/** The Responses dialect. Nothing is stored with the service: the gateway's transcript is the conversation. */
export function responsesProvider(options: ProviderOptions): Provider {
  return {
    stream(request, signal) {
      const call = { path: "/responses", body: toResponsesRequest(request), reader: eventReader() };
      return converse(call, options, signal);
    },
  };
}
