import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Agent, Agents } from "../agents/index.ts";
import type { Changes } from "../changes/index.ts";
import { type ConfigSource, isRecord, type JsonRecord, section } from "../config/index.ts";
import { type AuthProfiles, type Model, type Models, splitReference } from "../models/index.ts";
import type { Probe } from "../runs/index.ts";

export { type Assistant, createAssistant } from "./assistant.ts";
export { channelScript, setupScript } from "./scripts.ts";
export { accessScript, activationScript } from "./sign-in.ts";

export interface Target {
  readonly agentId?: string;
  readonly modelTarget?: "utility";
}

export interface Activation extends Target {
  readonly kind: string;
  readonly modelRef?: string;
  readonly authChoice?: string;
  readonly apiKey?: string;
}

export type Verdict =
  | { readonly ok: true; readonly modelRef: string; readonly latencyMs: number }
  | { readonly ok: false; readonly status: string; readonly error: string };

/** Getting a gateway to have a model that answers. */
export interface Setup {
  /** What could be used, and what is used. */
  detect(): Promise<JsonRecord>;
  /** Whether the model in force answers: a real call. */
  verify(target: Target): Promise<Verdict>;
  /** Makes a model the agent's own, once it has answered. */
  activate(activation: Activation): Promise<JsonRecord>;
  /** Keys of the configuration that a finished wizard leaves. */
  change(edit: (config: JsonRecord) => JsonRecord): Promise<void>;
}

export interface SetupParts {
  readonly agents: Agents;
  readonly models: Models;
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly probe: Probe;
  readonly authProfiles: AuthProfiles;
  readonly changes: Changes;
  /** Writes the configuration and brings it into force. */
  readonly change: Setup["change"];
}

/** Providers that a choice with a key is for, by the name under which the configuration knows them. */
const KEYED: Readonly<Record<string, string>> = {
  "openai-api-key": "openai",
  apiKey: "anthropic",
  "gemini-api-key": "google",
  "openrouter-api-key": "openrouter",
  "xai-api-key": "xai",
  "together-api-key": "together",
  "nvidia-api-key": "nvidia",
  "huggingface-api-key": "huggingface",
  "litellm-api-key": "litellm",
};

const NO_MODEL = "No agent model is configured. Run `openclaw onboard` first.";

export function createSetup(parts: SetupParts): Setup {
  const { agents, config, models } = parts;
  const agentOf = (agentId: string | undefined): Agent | string => {
    const id = agentId?.trim().toLowerCase() ?? agents.defaultId;
    return agents.get(id) ?? `Agent ${agentId ?? id} is not present in the configured roster.`;
  };
  const verify = async (target: Target): Promise<Verdict> => {
    const agent = agentOf(target.agentId);
    if (typeof agent === "string") return failed("unknown", agent);
    const modelRef = target.modelTarget === "utility" ? utilityModel(config, agent) : agent.model;
    const model = modelRef === undefined ? undefined : models.resolve(modelRef);
    if (modelRef === undefined || model === undefined) return failed("unavailable", NO_MODEL);
    return await tryOut(modelRef, model, agent);
  };
  const tryOut = async (modelRef: string, model: Model, agent: Agent): Promise<Verdict> => {
    const { status, latencyMs, error } = await parts.probe(model, agent.id, POLICY.modelProbeMs);
    return status === "ok" ? { ok: true, modelRef, latencyMs } : failed(status, error ?? "");
  };
  /** The model is the agent's own from now on. */
  const promote = async (agent: Agent, modelRef: string): Promise<void> => {
    await parts.change((authored) => withOwnModel(authored, agent.id, modelRef));
  };
  const withKey = async (agent: Agent, { authChoice = "", apiKey = "" }: Activation): Promise<Verdict> => {
    if (apiKey.trim() === "") return failed("unavailable", "Enter an API key or token first.");
    const provider = KEYED[authChoice];
    const model = models.list().find((one) => one.provider === provider);
    if (provider === undefined || model === undefined) {
      return failed("unavailable", "That key-based provider is not available on this Gateway.");
    }
    await parts.authProfiles.setApiKey(agent.id, provider, apiKey.trim());
    return await tryOut(`${model.provider}/${model.id}`, model, agent);
  };
  const existing = async (agent: Agent, { modelRef }: Activation): Promise<Verdict> => {
    if (modelRef !== undefined && modelRef !== agent.model) {
      const changed = `The configured default model changed from ${modelRef} to ${agent.model}. Try setup again.`;
      return failed("unavailable", changed);
    }
    const model = models.resolve(agent.model);
    return model === undefined ? failed("unavailable", NO_MODEL) : await tryOut(agent.model, model, agent);
  };
  return {
    verify,
    detect: () => detect(parts),
    async activate(activation) {
      const agent = agentOf(activation.agentId);
      if (typeof agent === "string") return rejected(failed("unknown", agent));
      const { kind } = activation;
      const verdict =
        kind === "existing-model"
          ? await existing(agent, activation)
          : kind === "api-key"
            ? await withKey(agent, activation)
            : unavailableKind(parts, agent, kind);
      if (!verdict.ok) return rejected(verdict);
      await promote(agent, verdict.modelRef);
      await parts.changes.recordOperation("Verified an AI access candidate through OpenClaw setup");
      return { ...verdict, lines: [`Inference verified: ${verdict.modelRef}`] };
    },
    change: parts.change,
  };
}

function failed(status: string, error: string): Verdict {
  return { ok: false, status, error };
}

function rejected(verdict: Verdict): JsonRecord {
  return { ...verdict, disposition: "rejected-before-promotion" };
}

/** Ways in that this gateway does not have, in the words that the reference has for a machine without them. */
function unavailableKind({ config }: SetupParts, agent: Agent, kind: string): Verdict {
  if (kind.startsWith("provider-auto:")) {
    return failed("unavailable", "That detected provider is no longer available on this Gateway.");
  }
  if (kind.startsWith("saved-auth:")) {
    const error = "That saved sign-in is no longer available. Open Model Setup and choose again.";
    return failed("unavailable", error);
  }
  switch (kind) {
    case "openai-api-key":
      return failed("auth", "No route-compatible authentication source is configured for openai.");
    case "anthropic-api-key": {
      const store = path.join(config.stateDir, "state", "openclaw.sqlite");
      const agentDir = path.join(config.stateDir, "agents", agent.id, "agent");
      return failed(
        "auth",
        `No API key found for provider "anthropic". Auth store: ${store} (agentDir: ${agentDir}). Configure an API key (openclaw models auth paste-api-key --provider anthropic; add --agent <id> for a non-default agent) or copy only portable static auth profiles from the main agentDir.`,
      );
    }
    case "claude-cli":
      return failed(
        "unknown",
        "CLI backend claude-cli executable cannot be bound to one durable absolute owner",
      );
    default:
      return failed("unavailable", `${kind} is not available on this Gateway.`);
  }
}

function utilityModel(config: ConfigSource, agent: Agent): string | undefined {
  const agents = section(config.snapshot().source, "agents");
  const own = section(section(agents, "entries"), agent.id)["utilityModel"];
  const shared = section(agents, "defaults")["utilityModel"];
  const chosen = own ?? shared;
  const primary = isRecord(chosen) ? chosen["primary"] : chosen;
  return typeof primary === "string" && primary !== "" ? primary : undefined;
}

function withOwnModel(authored: JsonRecord, agentId: string, model: string): JsonRecord {
  const agents = section(authored, "agents");
  const entries = section(agents, "entries");
  const entry = section(entries, agentId);
  if (entry["model"] === model) return authored;
  return { ...authored, agents: { ...agents, entries: { ...entries, [agentId]: { ...entry, model } } } };
}

async function detect({ agents, config, models }: SetupParts): Promise<JsonRecord> {
  const choices = await import("./choices.ts");
  const { source } = config.snapshot();
  const agent = agents.get(agents.defaultId);
  const primary = section(section(section(source, "agents"), "defaults"), "model")["primary"];
  const isConfigured =
    primary !== undefined || (agent !== undefined && models.resolve(agent.model)?.api !== "offline");
  const model = isConfigured ? agent?.model : undefined;
  return {
    manualProviders: choices.KEY_PROVIDERS,
    authOptions: choices.AUTH_OPTIONS,
    prepareOptions: choices.PREPARE_OPTIONS,
    recommendedInstalls: choices.RECOMMENDED_INSTALLS,
    nativeSessionCatalogs: choices.NATIVE_CATALOGS,
    nativeSessionCatalogPreferenceRequired: false,
    candidates: model === undefined ? [] : [currentModel(model)],
    unavailableCandidates: [],
    workspace: agent?.workspace ?? "",
    ...(model === undefined ? {} : { configuredModel: model }),
    setupComplete: model !== undefined,
  };
}

function currentModel(modelRef: string): JsonRecord {
  return {
    kind: "existing-model",
    brandId: splitReference(modelRef).provider,
    label: "Current model",
    detail: `${modelRef} — already configured`,
    modelRef,
    recommended: false,
    credentials: true,
  };
}
