import { type CommandAnswer, type CommandContext, modelOf } from "./context.ts";
import { type ModelScope, withDefaultModel } from "./default-model.ts";
import { levelOf } from "./levels.ts";

const SCOPES: Readonly<Record<string, "session" | "agent" | "global">> = {
  "-s": "session",
  "--session": "session",
  "-a": "agent",
  "--agent": "agent",
  "-g": "global",
  "--global": "global",
};

/** Shows the model of a session, or chooses another one for it. */
export function model(context: CommandContext): CommandAnswer | Promise<CommandAnswer> {
  const { agents, request } = context;
  const words = context.argument.split(/\s+/).filter(Boolean);
  const scope = words.map((word) => SCOPES[word]).find((one) => one !== undefined) ?? "session";
  const wanted = words.find((word) => !word.startsWith("-")) ?? "";
  const configured = agents.get(request.agentId)?.model ?? "";
  if (wanted === "") {
    const isScoped = words.some((word) => word in SCOPES);
    const only = `${scope === "session" ? "Session-only" : scope === "agent" ? "Agent" : "Global"} scope`;
    return { text: isScoped ? `${only} requires a model selection.` : currentModel(context) };
  }
  if (wanted === "status") return { text: modelStatus(context, configured) };
  if (wanted === "list") return listModels({ ...context, argument: words.slice(1).join(" ") });
  const chosen = resolve(context, wanted, configured);
  if (typeof chosen === "string") return { text: chosen, isRefusal: true };
  const name = `${chosen.provider}/${chosen.id}`;
  if (scope !== "session") return changeDefault(context, scope, name, chosen);
  if (wanted === "default" || wanted === "reset" || name === configured) {
    return {
      text: `Session model reset to configured default (${configured}).`,
      change: { modelOverride: undefined, providerOverride: undefined, modelOverrideSource: undefined },
    };
  }
  return {
    text: `Model set to ${name} for this session only; configured default unchanged.`,
    change: { modelOverride: chosen.id, providerOverride: chosen.provider, modelOverrideSource: "user" },
  };
}

/** The session takes the model at once; the file that everybody else reads is asked to. */
async function changeDefault(
  { changeConfig, request }: CommandContext,
  scope: ModelScope,
  name: string,
  { provider, id }: { readonly provider: string; readonly id: string },
): Promise<CommandAnswer> {
  if (request.isOwner !== true) {
    return { text: "Only the owner may change configured defaults. Use -s for this session." };
  }
  await changeConfig((config) => withDefaultModel(config, scope, request.agentId, name));
  const whose = scope === "agent" ? "Agent" : "Global";
  return {
    text: `Model set to ${name} for this session. ${whose} default update requested.`,
    change: { modelOverride: id, providerOverride: provider, modelOverrideSource: "user" },
  };
}

/** The model that a word means: `provider/id`, an id, or a provider, whose first model it is then. */
function resolve(
  { models }: CommandContext,
  wanted: string,
  configured: string,
): { readonly provider: string; readonly id: string } | string {
  const all = models.list();
  if (wanted === "default" || wanted === "reset") return split(configured);
  const named = all.find((one) => one.id === wanted) ?? all.find((one) => one.provider === wanted);
  if (named !== undefined) return named;
  const { provider, id } = wanted.includes("/") ? split(wanted) : { ...split(configured), id: wanted };
  if (all.some((one) => one.provider === provider)) return { provider, id };
  return `Unknown provider "${provider}". Use /models to list providers.`;
}

function split(reference: string): { readonly provider: string; readonly id: string } {
  const at = reference.indexOf("/");
  return { provider: reference.slice(0, at), id: reference.slice(at + 1) };
}

function currentModel(context: CommandContext): string {
  return [
    `Current: ${modelOf(context).name}`,
    `Think: ${levelOf(context)} (change with /think <level>)`,
    "Session: /model <provider/model> -s",
    "Agent default: /model <provider/model> -a",
    "Global default: /model <provider/model> -g",
    "Runtime: /model <provider/model> --runtime <runtime> -s",
    "Browse: /models (providers) or /models <provider> (models)",
    "More: /model status",
  ].join("\n");
}

function modelStatus(context: CommandContext, configured: string): string {
  const { models, request } = context;
  const lines = [...Map.groupBy(models.list(), (one) => one.provider)].map(([provider, own]) =>
    [`[${provider}] api: ${own[0]?.api ?? ""}`, ...own.map(({ id }) => `  • ${provider}/${id}`)].join("\n"),
  );
  return [
    `Current: ${modelOf(context).name}`,
    `Default: ${configured}`,
    `Agent: ${request.agentId}`,
    "",
    ...lines,
  ].join("\n");
}

export function listModels({ models, argument, config }: CommandContext): CommandAnswer {
  const hasProviders = Object.keys(config.current().models.providers).length > 0;
  const all = models.list().filter(({ api }) => api !== "offline" || !hasProviders);
  const wanted = argument.split(/\s+/).filter((word) => word !== "" && word !== "list")[0];
  const providers = [...Map.groupBy(all, (one) => one.provider)];
  if (wanted === undefined) {
    const lines = providers.map(([provider, own]) => `- ${provider} (${own.length})`);
    return {
      text: ["Providers:", ...lines, "", "Use: /models <provider>", "Switch: /model <provider/model>"].join(
        "\n",
      ),
    };
  }
  const own = all.filter(({ provider }) => provider === wanted);
  if (own.length === 0) {
    const known = providers.map(([provider]) => `- ${provider}`);
    return {
      text: [
        `Unknown provider: ${wanted}`,
        "",
        "Available providers:",
        ...known,
        "",
        "Use: /models <provider>",
      ].join("\n"),
    };
  }
  const isAll = /\ball$/.test(argument);
  return {
    text: [
      `Models (${wanted}) — showing 1-${own.length} of ${own.length} (page 1/1)`,
      ...own.map(({ id }) => `- ${wanted}/${id}`),
      "",
      "Switch: /model <provider/model>",
      ...(isAll ? [] : [`All: /models list ${wanted} all`]),
    ].join("\n"),
  };
}
