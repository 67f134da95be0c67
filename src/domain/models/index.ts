import type { Config, ConfigSource } from "../config/index.ts";

export { type AuthProfiles, createAuthProfiles } from "./auth-profiles.ts";
export { modelRow, thinkingDefault, thinkingLevels } from "./catalog.ts";
export { pluginOf, SIGN_INS } from "./sign-ins.ts";

/** Prices in US dollars per million tokens. */
export interface ModelCost {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** A model of a configured provider. */
export interface Model {
  readonly provider: string;
  readonly id: string;
  readonly name: string;
  /** The dialect its provider speaks, in the configuration's words: `openai-completions`, `anthropic-messages` … */
  readonly api: string;
  readonly reasoning: boolean;
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly input: readonly string[];
  readonly cost: ModelCost;
  /** The file names its provider and not the model: what it can do is a guess, and its provider knows better. */
  readonly isUndescribed?: true;
}

export interface Models {
  list(): readonly Model[];
  /** `provider/id`, split and looked up. */
  resolve(reference: string): Model | undefined;
  /** What a turn may ask for: a provider of the file has models that the file does not describe. */
  forTurn(reference: string): Model | undefined;
}

/** What answers when no provider is configured: no network, no key. */
export const OFFLINE_ECHO: Model = {
  provider: "offline",
  id: "echo",
  name: "Offline echo",
  api: "offline",
  reasoning: false,
  contextWindow: 128_000,
  maxTokens: 8_192,
  input: ["text"],
  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
};

/** compat(RN37): what is taken for granted of a model that nobody has described. */
const UNDESCRIBED = {
  reasoning: false,
  contextWindow: 200_000,
  maxTokens: 8_192,
  input: ["text"],
  cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  isUndescribed: true,
} as const;

/** The provider part is what stands before the first slash; model ids may hold further ones. */
export function splitReference(reference: string): { provider: string; id: string } {
  const slash = reference.indexOf("/");
  return slash < 0
    ? { provider: "", id: reference }
    : { provider: reference.slice(0, slash), id: reference.slice(slash + 1) };
}

/** Looks at the configuration at each call: a reload is in force at once. The models of one are put together once. */
export function createModels(config: ConfigSource): Models {
  let source: Config | undefined;
  let known: readonly Model[] = [];
  const configured = (): readonly Model[] => {
    const current = config.current();
    if (current !== source) {
      source = current;
      known = settle(current);
    }
    return known;
  };
  const settle = (current: Config): Model[] => {
    const models: Model[] = [];
    for (const [provider, settings] of Object.entries(current.models.providers)) {
      for (const model of settings.models) {
        const { id, name, reasoning, contextWindow, maxTokens, input, cost } = model;
        const api = model.api ?? settings.api ?? "openai-completions";
        models.push({ provider, id, name, api, reasoning, contextWindow, maxTokens, input, cost });
      }
    }
    return models;
  };
  const resolve = (reference: string): Model | undefined => {
    const { provider, id } = splitReference(reference);
    if (provider === OFFLINE_ECHO.provider && id === OFFLINE_ECHO.id) return OFFLINE_ECHO;
    return configured().find((model) => model.provider === provider && model.id === id);
  };
  return {
    list: () => [...configured(), OFFLINE_ECHO],
    resolve,
    forTurn(reference) {
      const { provider, id } = splitReference(reference);
      const settings = config.current().models.providers[provider];
      const described = resolve(reference);
      if (described !== undefined || settings === undefined || id === "") return described;
      return { provider, id, name: id, api: settings.api ?? "openai-completions", ...UNDESCRIBED };
    },
  };
}
