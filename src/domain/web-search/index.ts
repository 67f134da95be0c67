import { type ConfigSource, type JsonRecord, section } from "../config/index.ts";

/** What a search service is called, and what it needs. */
interface Service {
  readonly id: string;
  readonly pluginId: string;
  readonly label: string;
  /** In our own words. */
  readonly hint: string;
  /** A service of a plugin that is here; the others would have to be installed first. */
  readonly isBundled?: true;
  /** The member of its settings that holds what it needs; nothing when it needs nothing. */
  readonly needs?: "apiKey" | "baseUrl";
  readonly key?: {
    readonly label: string;
    readonly envVars: readonly string[];
    readonly placeholder: string;
  };
  readonly docs: string;
  readonly signupUrl: string;
}

const DOCS = "https://docs.openclaw.ai/";

/** The services that the reference knows, in its order. */
const SERVICES: readonly Service[] = [
  {
    id: "brave",
    pluginId: "brave",
    label: "Brave Search",
    hint: "Results of the Brave index.",
    needs: "apiKey",
    docs: "tools/brave-search",
    signupUrl: "https://api-dashboard.search.brave.com/app/keys",
  },
  {
    id: "duckduckgo",
    pluginId: "duckduckgo",
    label: "DuckDuckGo Search (experimental)",
    hint: "Needs no key.",
    docs: "tools/duckduckgo-search",
    signupUrl: "https://duckduckgo.com/",
  },
  {
    id: "exa",
    pluginId: "exa",
    label: "Exa Search",
    hint: "Finds by meaning and by words.",
    needs: "apiKey",
    docs: "tools/web",
    signupUrl: "https://exa.ai/",
  },
  {
    id: "firecrawl",
    pluginId: "firecrawl",
    label: "Firecrawl Search",
    hint: "Results, and the pages if wanted.",
    needs: "apiKey",
    docs: "tools/firecrawl",
    signupUrl: "https://www.firecrawl.dev/",
  },
  {
    id: "firecrawl-free",
    pluginId: "firecrawl",
    label: "Firecrawl Search (Free)",
    hint: "Needs no key.",
    docs: "tools/firecrawl",
    signupUrl: "https://www.firecrawl.dev/",
  },
  {
    id: "gemini",
    pluginId: "google",
    label: "Gemini (Google Search)",
    hint: "Answers on the ground of Google's results.",
    isBundled: true,
    needs: "apiKey",
    key: { label: "Google Gemini API key", envVars: ["GEMINI_API_KEY"], placeholder: "AIza..." },
    docs: "tools/web",
    signupUrl: "https://aistudio.google.com/apikey",
  },
  {
    id: "grok",
    pluginId: "xai",
    label: "Grok (xAI)",
    hint: "Answers on the ground of the web.",
    isBundled: true,
    needs: "apiKey",
    key: { label: "xAI API key", envVars: ["XAI_API_KEY"], placeholder: "xai-..." },
    docs: "tools/web",
    signupUrl: "https://console.x.ai/",
  },
  {
    id: "kimi",
    pluginId: "moonshot",
    label: "Kimi (Moonshot)",
    hint: "Moonshot's own search.",
    needs: "apiKey",
    docs: "tools/web",
    signupUrl: "https://platform.moonshot.cn/",
  },
  {
    id: "minimax",
    pluginId: "minimax",
    label: "MiniMax Search",
    hint: "Part of the Token Plan.",
    isBundled: true,
    needs: "apiKey",
    key: {
      label: "MiniMax Token Plan key or OAuth token",
      envVars: ["MINIMAX_CODE_PLAN_KEY", "MINIMAX_CODING_API_KEY", "MINIMAX_OAUTH_TOKEN", "MINIMAX_API_KEY"],
      placeholder: "sk-cp-...",
    },
    docs: "tools/minimax-search",
    signupUrl: "https://platform.minimax.io/user-center/basic-information/interface-key",
  },
  {
    id: "ollama",
    pluginId: "ollama",
    label: "Ollama Web Search",
    hint: "Through an Ollama that is signed in.",
    isBundled: true,
    docs: "tools/web",
    signupUrl: "https://ollama.com/",
  },
  {
    id: "parallel",
    pluginId: "parallel",
    label: "Parallel Search",
    hint: "Excerpts made for models.",
    needs: "apiKey",
    docs: "tools/parallel-search",
    signupUrl: "https://platform.parallel.ai",
  },
  {
    id: "parallel-free",
    pluginId: "parallel",
    label: "Parallel Search (Free)",
    hint: "Needs no key.",
    docs: "tools/parallel-search",
    signupUrl: "https://parallel.ai",
  },
  {
    id: "perplexity",
    pluginId: "perplexity",
    label: "Perplexity Search",
    hint: "Structured results.",
    needs: "apiKey",
    docs: "perplexity",
    signupUrl: "https://www.perplexity.ai/settings/api",
  },
  {
    id: "searxng",
    pluginId: "searxng",
    label: "SearXNG Search",
    hint: "Your own search server.",
    needs: "baseUrl",
    docs: "tools/searxng-search",
    signupUrl: "https://docs.searxng.org/",
  },
  {
    id: "tavily",
    pluginId: "tavily",
    label: "Tavily Search",
    hint: "Results with a summary.",
    needs: "apiKey",
    docs: "tools/tavily",
    signupUrl: "https://tavily.com/",
  },
];

/** Each service with whether it could be used: the configuration and the environment say what it has. */
export function searchServices(config: ConfigSource, env: NodeJS.ProcessEnv): JsonRecord[] {
  const entries = section(section(config.snapshot().source, "plugins"), "entries");
  return SERVICES.map((service) => {
    const { id, pluginId, label, hint, needs, key, docs, signupUrl } = service;
    const configPath = ["plugins", "entries", pluginId, "config", "webSearch"];
    const settings = section(section(section(entries, pluginId), "config"), "webSearch");
    const isInFile = needs !== undefined && settings[needs] !== undefined;
    const isInEnv = key?.envVars.some((name) => (env[name] ?? "") !== "") === true;
    const isInstalled = service.isBundled === true;
    return {
      id,
      pluginId,
      label,
      hint,
      configured: needs === undefined || isInFile || isInEnv,
      installed: isInstalled,
      available: isInstalled,
      requiresCredential: needs !== undefined,
      credentialSource: needs === undefined ? "none" : isInFile ? "config" : isInEnv ? "env" : "missing",
      configPath,
      ...(needs === undefined ? {} : { credentialPath: [...configPath, needs].join(".") }),
      ...(key === undefined ? {} : { credential: { path: [...configPath, needs], ...key, signupUrl } }),
      docsUrl: `${DOCS}${docs}`,
      signupUrl,
    };
  });
}
