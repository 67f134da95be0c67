import { isRecord, type JsonRecord, section } from "./record.ts";
import type { ConfigIssue } from "./snapshot.ts";

/**
 * What no single key can say. A rule is asked when its section holds only values of the right kind; the order is that
 * of the sections in the key space.
 */
export function checkAcrossKeys(
  config: JsonRecord,
  knownChannels: readonly string[],
  brokenSections: ReadonlySet<string>,
): ConfigIssue[] {
  const rules: readonly (readonly [section: string, rule: (config: JsonRecord) => ConfigIssue[]])[] = [
    ["models", providers],
    ["agents", roster],
    ["bindings", bindings],
    ["session", durations],
    ["channels", (all) => channels(all, knownChannels)],
    ["gateway", roles],
    ["gateway", origin],
  ];
  return rules.flatMap(([name, rule]) => (brokenSections.has(name) ? [] : rule(config)));
}

/** A number with a unit, or several of them: `36h`, `1h30m`, `500ms`. */
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d)?)+$/;

function durations(config: JsonRecord): ConfigIssue[] {
  const maintenance = section(section(config, "session"), "maintenance");
  return ["pruneAfter", "archiveDashboardAfter", "preserveRecent", "resetArchiveRetention"].flatMap((key) => {
    const value = maintenance[key];
    if (typeof value !== "string" || DURATION.test(value.trim())) return [];
    return [{ path: `session.maintenance.${key}`, message: "invalid duration (use ms, s, m, h, d)" }];
  });
}

/** Keys of `channels` that are settings and not a network. */
const CHANNEL_SETTINGS = new Set(["defaults", "modelByChannel"]);

function channels(config: JsonRecord, known: readonly string[]): ConfigIssue[] {
  return Object.keys(section(config, "channels"))
    .filter((id) => !CHANNEL_SETTINGS.has(id) && !known.includes(id))
    .map((id) => ({ path: `channels.${id}`, message: `unknown channel id: ${id}` }));
}

function roster(config: JsonRecord): ConfigIssue[] {
  const agents = section(config, "agents");
  const entries = Object.values(section(agents, "entries"));
  const defaults = entries.filter((entry) => isRecord(entry) && entry["default"] === true).length;
  if (defaults > 1) {
    const message = `agents.entries must contain at most one default=true entry (found ${defaults})`;
    return [{ path: "agents.entries", message }];
  }
  if (entries.length > 1 && defaults === 0 && agents["ownership"] !== "explicit") {
    const message =
      'multi-agent rosters require agents.ownership="explicit" or one legacy default=true marker; add agents.ownership="explicit" or run openclaw doctor';
    return [{ path: "agents.ownership", message }];
  }
  return [];
}

function bindings(config: JsonRecord): ConfigIssue[] {
  const list = config["bindings"];
  if (!Array.isArray(list)) return [];
  const entries = section(section(config, "agents"), "entries");
  const known = Object.keys(entries).length > 0 ? entries : { main: {} };
  return list.flatMap((binding, index) => {
    const agentId = isRecord(binding) ? binding["agentId"] : undefined;
    if (typeof agentId !== "string" || Object.hasOwn(known, agentId)) return [];
    const message = `Unknown agent id ${JSON.stringify(agentId)} (not in agents.entries).`;
    return [{ path: `bindings.${index}.agentId`, message }];
  });
}

function roles(config: JsonRecord): ConfigIssue[] {
  const gateway = section(config, "gateway");
  if (!isRecord(gateway["roles"])) return [];
  const definitions = section(gateway["roles"], "definitions");
  const issues: ConfigIssue[] = [];
  if (Object.keys(definitions).length === 0) {
    const message = "gateway.roles.definitions must contain at least one role definition";
    issues.push({ path: "gateway.roles.definitions", message });
  }
  const name = gateway["roles"]["default"];
  if (typeof name === "string" && !Object.hasOwn(definitions, name)) {
    const message = "gateway.roles.default must name a configured role definition";
    issues.push({ path: "gateway.roles.default", message });
  }
  return issues;
}

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

function origin(config: JsonRecord): ConfigIssue[] {
  const text = section(config, "gateway")["publicOrigin"];
  if (typeof text !== "string") return [];
  const url = URL.parse(text);
  const isBare = url !== null && url.origin === text.replace(/\/$/, "");
  const isAllowed =
    url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK_HOSTS.has(url.hostname));
  if (isBare && isAllowed) return [];
  const message =
    "gateway.publicOrigin must be a bare HTTPS origin; HTTP is allowed only for localhost, 127.0.0.1, or [::1]";
  return [{ path: "gateway.publicOrigin", message }];
}

/** Providers that the reference knows by name, so that an entry may leave out what it adds. */
const BUNDLED_PROVIDERS = new Set(
  (
    "alibaba anthropic arcee azure-speech baseten bedrock amazon-bedrock byteplus cerebras chutes claude-cli " +
    "cloudflare-ai-gateway codex cohere comfy deepgram deepinfra deepseek elevenlabs fal featherless fireworks " +
    "fish-audio github-copilot gmi google google-vertex google-gemini-cli gradium groq huggingface inworld " +
    "kilocode kimi litellm lmstudio longcat meta microsoft minimax minimax-portal mistral moonshot novita nvidia " +
    "ollama ollama-cloud openai openai-codex opencode opencode-go openrouter perplexity pixverse qianfan qwen " +
    "radius runway senseaudio sglang stepfun synthetic tencent together venice vercel-ai-gateway vllm volcengine " +
    "vydra xai xiaomi zai offline"
  ).split(" "),
);

function providers(config: JsonRecord): ConfigIssue[] {
  const all = Object.entries(section(section(config, "models"), "providers"));
  return all.flatMap(([id, provider]) => {
    if (!isRecord(provider) || BUNDLED_PROVIDERS.has(id)) return [];
    const missing = ["baseUrl", "models"].filter((key) => provider[key] === undefined);
    return missing.map((key) => ({
      path: `models.providers.${id}.${key}`,
      message: `custom model providers must declare ${key}; provider overlays without ${key} are only supported for bundled providers`,
    }));
  });
}
