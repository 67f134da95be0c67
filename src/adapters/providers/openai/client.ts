import type OpenAI from "openai";
import type { ProviderConfig } from "../../../domain/config/index.ts";
import type { ProviderOptions } from "../options.ts";

export type OpenAiOptions = Pick<ProviderOptions, "settings" | "idleTimeoutMs">;

/**
 * One client per configuration, so that its connections stay open between turns. The SDK is loaded at the first call.
 */
export function clientOf(options: OpenAiOptions): () => Promise<OpenAI> {
  let current: { settings: ProviderConfig | undefined; client: Promise<OpenAI> } | undefined;
  return () => {
    const settings = options.settings();
    if (current === undefined || current.settings !== settings)
      current = { settings, client: connect(settings, options) };
    return current.client;
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
    // What goes wrong is told as a failure and logged with its run; the SDK would write to the console.
    logLevel: "off",
    timeout: timeoutMs,
  });
}
