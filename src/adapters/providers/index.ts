import type { ConfigSource } from "../../domain/config/index.ts";
import type { Model } from "../../domain/models/index.ts";
import { type Provider, ProviderFailure, type Providers } from "../../domain/runs/index.ts";

/** Silence of a stream after which it counts as broken, when the configuration names nothing. */
const IDLE_TIMEOUT_MS = 120_000;

/** Finds the adapter for what a model's provider speaks; each is loaded when it is first needed and then kept. */
export function createProviders(config: ConfigSource): Providers {
  const loaded = new Map<string, Promise<Provider>>();

  async function load(model: Model): Promise<Provider> {
    switch (model.api) {
      case "offline": {
        const { offlineProvider } = await import("./offline/index.ts");
        return offlineProvider();
      }
      case "openai-completions": {
        const { openaiProvider } = await import("./openai/index.ts");
        const settings = () => config.current().models.providers[model.provider];
        return openaiProvider({ settings, idleTimeoutMs: IDLE_TIMEOUT_MS });
      }
      default:
        throw new ProviderFailure(
          "format",
          `models of ${model.provider} speak ${model.api}, which is not supported yet`,
        );
    }
  }

  return (model) => {
    const name = `${model.provider} ${model.api}`;
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const fresh = load(model);
    loaded.set(name, fresh);
    fresh.catch(() => loaded.delete(name));
    return fresh;
  };
}
