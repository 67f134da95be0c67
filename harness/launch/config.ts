import { merge } from "../scenario/merge.ts";
import type { Setup } from "../scenario/schema.ts";
import { fill, fillString, type Variables } from "../scenario/variables.ts";

/** The path that clients of each provider dialect expect in front of their routes. */
const BASE_PATH: Record<Setup["api"], string> = {
  "openai-completions": "/v1",
  "openai-responses": "/v1",
  "anthropic-messages": "",
  "google-generative-ai": "/v1beta",
  ollama: "",
};

function baseConfig(api: Setup["api"]): unknown {
  return {
    gateway: {
      port: "${port}",
      mode: "local",
      bind: "loopback",
      auth: { mode: "token", token: "${token}" },
    },
    logging: { file: "${home}/gateway.log" },
    models: {
      providers: {
        mock: {
          baseUrl: `\${providerUrl}${BASE_PATH[api]}`,
          apiKey: "referee-provider-key",
          api,
          models: [
            {
              id: "mock-1",
              name: "Mock 1",
              reasoning: false,
              input: ["text"],
              cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
              contextWindow: 128_000,
              maxTokens: 4096,
            },
          ],
        },
      },
    },
    agents: { defaults: { model: { primary: "mock/mock-1" } } },
  };
}

/** The text of openclaw.json for one gateway. */
export function configText(setup: Setup, variables: Variables): string {
  if (setup.configText !== undefined) return fillString(setup.configText, variables);
  const merged = merge(baseConfig(setup.api), setup.config);
  return `${JSON.stringify(fill(merged, variables), null, 2)}\n`;
}
