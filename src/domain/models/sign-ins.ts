/** One way to sign in to a provider without typing a key. */
export interface LoginOption {
  readonly id: string;
  readonly brandId: string;
  readonly groupLabel: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: "oauth" | "device-code";
  readonly featured: boolean;
}

/** How one can get into a provider. */
interface SignIn {
  readonly provider: string;
  readonly apiKeySupported: boolean;
  readonly quickApiKeySetup: boolean;
  readonly loginOptions?: readonly LoginOption[];
}

/** Of every provider that a bundled plugin brings, by the name of the provider. */
export const SIGN_INS: readonly SignIn[] = [
  { provider: "anthropic", apiKeySupported: true, quickApiKeySetup: true },
  { provider: "clawrouter", apiKeySupported: true, quickApiKeySetup: false },
  { provider: "copilot-proxy", apiKeySupported: false, quickApiKeySetup: false },
  {
    provider: "github-copilot",
    apiKeySupported: false,
    quickApiKeySetup: false,
    loginOptions: [
      {
        id: "github-copilot/github-copilot",
        brandId: "github-copilot",
        groupLabel: "Copilot",
        label: "GitHub Copilot",
        hint: "Device login with your GitHub account",
        kind: "device-code",
        featured: false,
      },
      {
        id: "github-copilot/github-copilot-enterprise",
        brandId: "github-copilot",
        groupLabel: "Copilot",
        label: "GitHub Copilot (Enterprise / data residency)",
        hint: "Device login against your GitHub Enterprise (*.ghe.com) tenant",
        kind: "device-code",
        featured: false,
      },
    ],
  },
  { provider: "google", apiKeySupported: true, quickApiKeySetup: true },
  { provider: "google-vertex", apiKeySupported: true, quickApiKeySetup: false },
  { provider: "huggingface", apiKeySupported: true, quickApiKeySetup: true },
  { provider: "litellm", apiKeySupported: true, quickApiKeySetup: true },
  { provider: "lmstudio", apiKeySupported: false, quickApiKeySetup: false },
  {
    provider: "microsoft-foundry",
    apiKeySupported: true,
    quickApiKeySetup: false,
  },
  { provider: "minimax", apiKeySupported: false, quickApiKeySetup: false },
  {
    provider: "minimax-portal",
    apiKeySupported: false,
    quickApiKeySetup: false,
    loginOptions: [
      {
        id: "minimax/minimax-cn-oauth",
        brandId: "minimax-portal",
        groupLabel: "MiniMax",
        label: "MiniMax OAuth (CN)",
        hint: "CN endpoint - api.minimaxi.com",
        kind: "device-code",
        featured: false,
      },
      {
        id: "minimax/minimax-global-oauth",
        brandId: "minimax-portal",
        groupLabel: "MiniMax",
        label: "MiniMax OAuth (Global)",
        hint: "Global endpoint - api.minimax.io",
        kind: "device-code",
        featured: false,
      },
    ],
  },
  { provider: "nvidia", apiKeySupported: true, quickApiKeySetup: true },
  { provider: "ollama", apiKeySupported: false, quickApiKeySetup: false },
  { provider: "ollama-cloud", apiKeySupported: true, quickApiKeySetup: true },
  {
    provider: "openai",
    apiKeySupported: true,
    quickApiKeySetup: true,
    loginOptions: [
      {
        id: "openai/openai-device-code",
        brandId: "openai",
        groupLabel: "OpenAI",
        label: "ChatGPT Device Pairing",
        hint: "Pair your ChatGPT account in browser with a device code",
        kind: "device-code",
        featured: true,
      },
      {
        id: "openai/openai",
        brandId: "openai",
        groupLabel: "OpenAI",
        label: "ChatGPT Login",
        hint: "Sign in with your ChatGPT or Codex subscription",
        kind: "oauth",
        featured: false,
      },
    ],
  },
  { provider: "opencode-go", apiKeySupported: true, quickApiKeySetup: true },
  {
    provider: "openrouter",
    apiKeySupported: true,
    quickApiKeySetup: true,
    loginOptions: [
      {
        id: "openrouter/openrouter-oauth",
        brandId: "openrouter",
        groupLabel: "OpenRouter",
        label: "OpenRouter OAuth",
        hint: "Browser sign-in",
        kind: "oauth",
        featured: true,
      },
    ],
  },
  { provider: "sglang", apiKeySupported: false, quickApiKeySetup: false },
  { provider: "together", apiKeySupported: true, quickApiKeySetup: true },
  { provider: "vllm", apiKeySupported: false, quickApiKeySetup: false },
  {
    provider: "xai",
    apiKeySupported: true,
    quickApiKeySetup: true,
    loginOptions: [
      {
        id: "xai/xai-oauth",
        brandId: "xai",
        groupLabel: "xAI (Grok)",
        label: "xAI OAuth",
        hint: "Remote-friendly browser sign-in without a localhost callback",
        kind: "device-code",
        featured: true,
      },
    ],
  },
];

/** Providers whose plugin is called otherwise. */
const PLUGINS: Readonly<Record<string, string>> = {
  "google-vertex": "google",
  "minimax-portal": "minimax",
  "ollama-cloud": "ollama",
};

/** The plugin that brings a provider; without it nobody can sign in there. */
export function pluginOf(provider: string): string {
  return PLUGINS[provider] ?? provider;
}
