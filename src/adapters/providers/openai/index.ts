import type OpenAI from "openai";
import type { ProviderConfig } from "../../../domain/config/index.ts";
import type { Provider, ProviderEvent, ProviderRequest } from "../../../domain/runs/index.ts";
import { toFailure } from "./errors.ts";
import { chunkReader } from "./to-inbound.ts";
import { toChatRequest } from "./to-outbound.ts";

export interface OpenAiOptions {
  /** Read at each call: the configuration may change while the gateway runs. */
  readonly settings: () => ProviderConfig | undefined;
  /** Silence of a stream after which it counts as broken. */
  readonly idleTimeoutMs: number;
}

/** The Chat Completions dialect, which most services and local servers speak. The SDK is loaded at the first call. */
export function openaiProvider(options: OpenAiOptions): Provider {
  let current: { settings: ProviderConfig | undefined; client: Promise<OpenAI> } | undefined;

  /** One client per configuration, so that its connections stay open between turns. */
  function client(): Promise<OpenAI> {
    const settings = options.settings();
    if (current === undefined || current.settings !== settings)
      current = { settings, client: connect(settings, options) };
    return current.client;
  }

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

async function connect(settings: ProviderConfig | undefined, options: OpenAiOptions): Promise<OpenAI> {
  const { default: Client } = await import("openai");
  const timeoutMs =
    settings?.timeoutSeconds === undefined ? options.idleTimeoutMs : settings.timeoutSeconds * 1_000;
  return new Client({
    apiKey: settings?.apiKey ?? "none",
    ...(settings?.baseUrl === undefined ? {} : { baseURL: settings.baseUrl }),
    defaultHeaders: { ...settings?.headers },
    // Retries are the turn's business: clients see each of them.
    maxRetries: 0,
    timeout: timeoutMs,
  });
}
