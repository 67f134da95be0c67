import type { ConfigSource, ProviderConfig } from "../../domain/config/index.ts";
import type { Model } from "../../domain/models/index.ts";
import { type Provider, ProviderFailure, type Providers } from "../../domain/runs/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { ProviderOptions } from "./options.ts";

/** Silence of a stream after which it counts as broken, when the configuration names nothing. */
const IDLE_TIMEOUT_MS = 120_000;

export interface ProvidersParts {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The key that was saved for a provider, which goes before the one in the configuration. */
  readonly savedKey: (provider: string) => Promise<string | undefined>;
}

/** Finds the adapter for what a model's provider speaks; each is loaded when it is first needed and then kept. */
export function createProviders(parts: ProvidersParts): Providers {
  const { config, clock, ids } = parts;
  const loaded = new Map<string, Promise<Provider>>();

  const keys = new Map<string, string | undefined>();
  const merged = new WeakMap<ProviderConfig, ProviderConfig>();

  /** The same object as long as nothing changed: clients are kept by it. */
  function settingsOf(provider: string): ProviderConfig | undefined {
    const settings = config.current().models.providers[provider];
    const apiKey = keys.get(provider);
    if (settings === undefined || apiKey === undefined) return settings;
    const known = merged.get(settings);
    if (known?.apiKey === apiKey) return known;
    const fresh = { ...settings, apiKey };
    merged.set(settings, fresh);
    return fresh;
  }

  async function load(model: Model): Promise<Provider> {
    const options: ProviderOptions = {
      settings: () => settingsOf(model.provider),
      idleTimeoutMs: IDLE_TIMEOUT_MS,
      clock,
    };
    switch (model.api) {
      case "offline":
        return (await import("./offline/index.ts")).offlineProvider();
      case "openai-completions":
        return (await import("./openai/index.ts")).openaiProvider(options);
      case "openai-responses":
        return (await import("./openai/responses/index.ts")).responsesProvider(options);
      case "anthropic-messages":
        return (await import("./anthropic/index.ts")).anthropicProvider(options);
      case "google-generative-ai":
        return (await import("./gemini/index.ts")).geminiProvider(options);
      case "ollama":
        return (await import("./ollama/index.ts")).ollamaProvider({ ...options, ids });
      default: {
        const said = `models of ${model.provider} speak ${model.api}, which is not supported yet`;
        throw new ProviderFailure("format", said);
      }
    }
  }

  return async (model) => {
    if (model.api !== "offline") keys.set(model.provider, await parts.savedKey(model.provider));
    const name = `${model.provider} ${model.api}`;
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const fresh = load(model);
    loaded.set(name, fresh);
    fresh.catch(() => loaded.delete(name));
    return fresh;
  };
}
