/**
 * Ways into a model that the reference offers at set-up, in its order: names and ids are facts that clients know, the
 * hints are ours. Of what is not built in here, none is claimed to work: `activate` says so.
 */

export type ChoiceKind = "oauth" | "device-code" | "install" | "custom";

/** id, label, brand, group, kind, with a hint or without. */
type Row = readonly [string, string, string, string | undefined, ChoiceKind, "hint" | ""];

const FEATURED = 4;

const HINTS: Readonly<Record<ChoiceKind, string>> = {
  oauth: "Sign in with your browser",
  "device-code": "Sign in with a code on another device",
  install: "Needs a plugin of its provider",
  custom: "Any service that speaks a known dialect",
};

const AUTH: readonly Row[] = [
  ["openai-device-code", "ChatGPT Device Pairing", "openai", "OpenAI", "device-code", "hint"],
  ["openrouter-oauth", "OpenRouter OAuth", "openrouter", "OpenRouter", "oauth", "hint"],
  ["xai-oauth", "xAI OAuth", "xai", "xAI (Grok)", "device-code", "hint"],
  ["anthropic-cli", "Anthropic Claude CLI", "anthropic", "Anthropic", "install", "hint"],
  ["openai", "ChatGPT Login", "openai", "OpenAI", "oauth", "hint"],
  ["xai-device-code", "xAI device code", "xai", "xAI (Grok)", "device-code", "hint"],
  ["clawrouter-api-key", "ClawRouter proxy key", "clawrouter", "ClawRouter", "install", "hint"],
  ["github-copilot", "GitHub Copilot", "github-copilot", "Copilot", "device-code", "hint"],
  [
    "github-copilot-enterprise",
    "GitHub Copilot (Enterprise / data residency)",
    "github-copilot",
    "Copilot",
    "device-code",
    "hint",
  ],
  ["copilot-proxy", "Copilot Proxy", "copilot-proxy", "Copilot", "install", "hint"],
  ["google-vertex-api-key", "Google Vertex API key", "google-vertex", "Google Vertex", "install", ""],
  [
    "microsoft-foundry-apikey",
    "Microsoft Foundry (API key)",
    "microsoft-foundry",
    "Microsoft Foundry",
    "install",
    "hint",
  ],
  [
    "microsoft-foundry-entra",
    "Microsoft Foundry (Entra ID / az login)",
    "microsoft-foundry",
    "Microsoft Foundry",
    "install",
    "hint",
  ],
  ["minimax-cn-oauth", "MiniMax OAuth (CN)", "minimax-portal", "MiniMax", "device-code", "hint"],
  ["minimax-global-oauth", "MiniMax OAuth (Global)", "minimax-portal", "MiniMax", "device-code", "hint"],
  ["sglang", "SGLang", "sglang", "SGLang", "install", "hint"],
  ["vllm", "vLLM", "vllm", "vLLM", "install", "hint"],
  ["arceeai-api-key", "Arcee AI API key", "arcee", "Arcee AI", "install", "hint"],
  ["arceeai-openrouter", "OpenRouter API key", "arcee", "Arcee AI", "install", "hint"],
  ["baseten-api-key", "Baseten API key", "baseten", "Baseten", "install", ""],
  ["byteplus-api-key", "BytePlus API key", "byteplus", "BytePlus", "install", ""],
  ["cerebras-api-key", "Cerebras API key", "cerebras", "Cerebras", "install", ""],
  ["chutes", "Chutes (OAuth)", "chutes", "Chutes", "install", "hint"],
  ["chutes-api-key", "Chutes API key", "chutes", "Chutes", "install", "hint"],
  [
    "cloudflare-ai-gateway-api-key",
    "Cloudflare AI Gateway",
    "cloudflare-ai-gateway",
    "Cloudflare AI Gateway",
    "install",
    "hint",
  ],
  ["cohere-api-key", "Cohere API key", "cohere", "Cohere", "install", ""],
  ["deepinfra-api-key", "DeepInfra API key", "deepinfra", "DeepInfra", "install", "hint"],
  ["deepseek-api-key", "DeepSeek API key", "deepseek", "DeepSeek", "install", ""],
  ["featherless-api-key", "Featherless AI API key", "featherless", "Featherless AI", "install", "hint"],
  ["fireworks-api-key", "Fireworks API key", "fireworks", "Fireworks", "install", "hint"],
  ["gmi-api-key", "GMI Cloud API key", "gmi", "GMI Cloud", "install", "hint"],
  ["groq-api-key", "Groq API key", "groq", "Groq", "install", ""],
  ["kilocode-api-key", "Kilo Gateway API key", "kilocode", "Kilo Gateway", "install", "hint"],
  ["longcat-api-key", "LongCat API key", "longcat", "LongCat", "install", ""],
  ["meta-api-key", "Meta API key", "meta", "Meta", "install", "hint"],
  ["mistral-api-key", "Mistral API key", "mistral", "Mistral AI", "install", ""],
  ["kimi-code-api-key", "Kimi Code API key (subscription)", "kimi", "Moonshot AI (Kimi K2.6)", "install", ""],
  ["moonshot-api-key", "Moonshot API key (.ai)", "moonshot", "Moonshot AI (Kimi K2.6)", "install", "hint"],
  ["moonshot-api-key-cn", "Moonshot API key (.cn)", "moonshot", "Moonshot AI (Kimi K2.6)", "install", "hint"],
  ["novita-api-key", "NovitaAI API key", "novita", "NovitaAI", "install", "hint"],
  ["opencode-zen", "OpenCode Zen catalog", "opencode", "OpenCode", "install", ""],
  ["qianfan-api-key", "Qianfan API key", "qianfan", "Qianfan", "install", ""],
  [
    "qwen-api-key-cn",
    "Coding Plan API Key for China (subscription)",
    "qwen",
    "Qwen Cloud",
    "install",
    "hint",
  ],
  [
    "qwen-api-key",
    "Coding Plan API Key for Global/Intl (subscription)",
    "qwen",
    "Qwen Cloud",
    "install",
    "hint",
  ],
  [
    "qwen-standard-api-key-cn",
    "Standard API Key for China (pay-as-you-go)",
    "qwen",
    "Qwen Cloud",
    "install",
    "hint",
  ],
  [
    "qwen-standard-api-key",
    "Standard API Key for Global/Intl (pay-as-you-go)",
    "qwen",
    "Qwen Cloud",
    "install",
    "hint",
  ],
  ["qwen-token-plan-cn", "Qwen Token Plan (China)", "qwen-token-plan", "Qwen Cloud", "install", "hint"],
  ["qwen-token-plan", "Qwen Token Plan (Global/Intl)", "qwen-token-plan", "Qwen Cloud", "install", "hint"],
  ["radius", "Radius (browser sign-in)", "radius", "Radius", "install", ""],
  ["radius-api-key", "Radius API key", "radius", "Radius", "install", ""],
  [
    "stepfun-standard-api-key-cn",
    "StepFun Standard API key (China)",
    "stepfun",
    "StepFun",
    "install",
    "hint",
  ],
  [
    "stepfun-standard-api-key-intl",
    "StepFun Standard API key (Global/Intl)",
    "stepfun",
    "StepFun",
    "install",
    "hint",
  ],
  [
    "stepfun-plan-api-key-cn",
    "StepFun Step Plan API key (China)",
    "stepfun-plan",
    "StepFun",
    "install",
    "hint",
  ],
  [
    "stepfun-plan-api-key-intl",
    "StepFun Step Plan API key (Global/Intl)",
    "stepfun-plan",
    "StepFun",
    "install",
    "hint",
  ],
  ["synthetic-api-key", "Synthetic API key", "synthetic", "Synthetic", "install", ""],
  ["tokenhub-api-key", "Tencent TokenHub", "tencent-tokenhub", "Tencent Cloud", "install", "hint"],
  ["tokenplan-api-key", "Tencent TokenPlan", "tencent-tokenplan", "Tencent Cloud", "install", "hint"],
  ["venice-api-key", "Venice AI API key", "venice", "Venice AI", "install", "hint"],
  [
    "ai-gateway-api-key",
    "Vercel AI Gateway API key",
    "vercel-ai-gateway",
    "Vercel AI Gateway",
    "install",
    "hint",
  ],
  ["volcengine-api-key", "Volcano Engine API key", "volcengine", "Volcano Engine", "install", ""],
  ["xiaomi-api-key", "Xiaomi API key (Pay-as-you-go)", "xiaomi", "Xiaomi", "install", "hint"],
  ["xiaomi-token-plan-cn", "Xiaomi Token Plan (China)", "xiaomi-token-plan", "Xiaomi", "install", "hint"],
  ["xiaomi-token-plan-ams", "Xiaomi Token Plan (Europe)", "xiaomi-token-plan", "Xiaomi", "install", "hint"],
  [
    "xiaomi-token-plan-sgp",
    "Xiaomi Token Plan (Singapore)",
    "xiaomi-token-plan",
    "Xiaomi",
    "install",
    "hint",
  ],
  ["zai-cn", "CN", "zai", "Z.AI", "install", "hint"],
  ["zai-coding-cn", "Coding-Plan-CN", "zai", "Z.AI", "install", "hint"],
  ["zai-coding-global", "Coding-Plan-Global", "zai", "Z.AI", "install", "hint"],
  ["zai-global", "Global", "zai", "Z.AI", "install", "hint"],
  ["zai-api-key", "Z.AI API key", "zai", "Z.AI", "install", ""],
  ["custom-api-key", "Custom OpenAI/Anthropic-compatible endpoint", "custom", undefined, "custom", "hint"],
];

/** id, label, brand, group, with a hint or without; what has a page of its own says where. */
type KeyRow = readonly [string, string, string, string, "hint" | "", Page?];
type Page = { readonly icon: string; readonly website: string };

const page = (icon: string, website: string): Page => ({
  icon: `https://cdn.simpleicons.org/${icon}`,
  website,
});
const LM_STUDIO = page("lmstudio", "https://lmstudio.ai/download");
const OLLAMA = page("ollama", "https://ollama.com/download");

const KEYS: readonly KeyRow[] = [
  ["openai-api-key", "OpenAI API Key", "openai", "OpenAI", "hint"],
  ["openrouter-api-key", "OpenRouter API key", "openrouter", "OpenRouter", ""],
  ["xai-api-key", "xAI API key", "xai", "xAI (Grok)", ""],
  ["gemini-api-key", "Google AI Studio API key", "google", "Google", "hint"],
  ["apiKey", "Anthropic API key", "anthropic", "Anthropic", ""],
  ["setup-token", "Anthropic setup-token", "anthropic", "Anthropic", "hint"],
  ["github-copilot", "GitHub Copilot", "github-copilot", "Copilot", "hint"],
  ["huggingface-api-key", "Hugging Face API key", "huggingface", "Hugging Face", "hint"],
  ["litellm-api-key", "LiteLLM API key", "litellm", "LiteLLM", "hint"],
  ["lmstudio", "LM Studio", "lmstudio", "LM Studio", "hint", LM_STUDIO],
  ["minimax-cn-api", "MiniMax API key (CN)", "minimax", "MiniMax", "hint"],
  ["minimax-global-api", "MiniMax API key (Global)", "minimax", "MiniMax", "hint"],
  ["nvidia-api-key", "NVIDIA API key", "nvidia", "NVIDIA", ""],
  ["ollama-cloud", "Ollama Cloud", "ollama-cloud", "Ollama", "hint", OLLAMA],
  ["opencode-go", "OpenCode Go catalog", "opencode-go", "OpenCode", ""],
  ["together-api-key", "Together AI API key", "together", "Together AI", ""],
];

export const AUTH_OPTIONS = AUTH.map(([id, label, brandId, groupLabel, kind, hint], index) => ({
  id,
  brandId,
  label,
  ...(hint === "" ? {} : { hint: HINTS[kind] }),
  ...(groupLabel === undefined ? {} : { groupLabel }),
  kind,
  featured: index < FEATURED,
}));

export const KEY_PROVIDERS = KEYS.map(([id, label, brandId, groupLabel, hint, own]) => ({
  id,
  brandId,
  label,
  ...(hint === "" ? {} : { hint: "A key or token that you have from its provider" }),
  groupLabel,
  ...own,
}));

export const PREPARE_OPTIONS = [
  {
    id: "lmstudio",
    brandId: "lmstudio",
    label: "LM Studio",
    actionLabel: "Connect server",
    hint: "Models of your own machine",
    ...LM_STUDIO,
  },
  {
    id: "ollama",
    brandId: "ollama",
    label: "Ollama",
    actionLabel: "Choose connection",
    hint: "Models of your own machine",
    ...OLLAMA,
  },
];

export const RECOMMENDED_INSTALLS = [
  { id: "ollama", brandId: "ollama", label: "Ollama", hint: "Runs models on this machine", ...OLLAMA },
  { id: "lmstudio", label: "LM Studio", hint: "Runs models on this machine", ...LM_STUDIO },
  {
    id: "claude-code",
    brandId: "claude",
    label: "Claude Code",
    hint: "Signs in with a subscription",
    ...page("claudecode", "https://code.claude.com/docs/en/quickstart"),
  },
  {
    id: "codex-cli",
    brandId: "openai",
    label: "Codex CLI",
    hint: "Signs in with a subscription",
    icon: "https://github.com/openai.png",
    website: "https://developers.openai.com/codex/cli/",
  },
];

export const NATIVE_CATALOGS = [
  {
    pluginId: "anthropic",
    label: "Claude Code",
    detail: "Conversations that Claude Code kept on this machine.",
  },
  { pluginId: "codex", label: "Codex", detail: "Conversations that Codex kept on this machine." },
];
