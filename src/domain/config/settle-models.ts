import type { Config, ModelConfig, ProviderConfig } from "./config.ts";
import { isRecord, type JsonRecord, section } from "./record.ts";
import { list, strings, text } from "./values.ts";

/** Resolves a secret, or says that it is not there. `at` is its place in the file. */
export type SecretReader = (value: unknown, at: string) => Promise<string | undefined>;

/** What the reference assumes of a model that does not say. */
const MAX_TOKENS_DEFAULT = 8_192;
const CONTEXT_WINDOW_DEFAULT = 200_000;

export async function modelsOf(source: JsonRecord, secret: SecretReader): Promise<Config["models"]> {
  const models = section(source, "models");
  const all = Object.entries(section(models, "providers"));
  const providers = await Promise.all(
    all.map(
      async ([id, provider]) =>
        [id, await providerOf(id, isRecord(provider) ? provider : {}, secret)] as const,
    ),
  );
  return {
    mode: models["mode"] === "replace" ? "replace" : "merge",
    providers: Object.fromEntries(providers),
  };
}

async function providerOf(id: string, settings: JsonRecord, secret: SecretReader): Promise<ProviderConfig> {
  const at = `models.providers.${id}`;
  const { apiKey: givenKey, headers: givenHeaders, models, ...rest } = settings;
  const apiKey = await secret(givenKey, `${at}.apiKey`);
  const headers = await headersOf(isRecord(givenHeaders) ? givenHeaders : {}, at, secret);
  const api = text(settings["api"]);
  const rows = Array.isArray(models) ? models.filter(isRecord) : [];
  return {
    ...rest,
    ...(apiKey === undefined ? {} : { apiKey }),
    headers,
    models: rows.map((model) => modelOf(model, api)),
  };
}

async function headersOf(
  given: JsonRecord,
  at: string,
  secret: SecretReader,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const resolved = await secret(value, `${at}.headers.${name}`);
    if (resolved !== undefined) headers[name] = resolved;
  }
  return headers;
}

function modelOf(settings: JsonRecord, providerApi: string | undefined): ModelConfig {
  const price = section(settings, "cost");
  const number = (value: unknown, fallback: number) => (typeof value === "number" ? value : fallback);
  const input = list(settings["input"]);
  const api = text(settings["api"]) ?? providerApi;
  const { headers: givenHeaders, ...rest } = settings;
  return {
    ...rest,
    id: String(settings["id"]),
    name: String(settings["name"]),
    ...(api === undefined ? {} : { api }),
    reasoning: settings["reasoning"] === true,
    input: input.length > 0 ? input : ["text"],
    cost: {
      input: number(price["input"], 0),
      output: number(price["output"], 0),
      cacheRead: number(price["cacheRead"], 0),
      cacheWrite: number(price["cacheWrite"], 0),
    },
    contextWindow: number(settings["contextWindow"], CONTEXT_WINDOW_DEFAULT),
    maxTokens: number(settings["maxTokens"], MAX_TOKENS_DEFAULT),
    ...(isRecord(givenHeaders) ? { headers: strings(givenHeaders) } : {}),
  };
}
