import type { Agents } from "../agents/index.ts";
import { type Model, type Models, thinkingDefault } from "../models/index.ts";
import type { Entry } from "./entry.ts";

export interface ThinkingLevel {
  readonly id: string;
  readonly label: string;
}

/** What a row says about the model of its session. */
export interface ModelFacts {
  readonly modelProvider: string;
  readonly model: string;
  /** Absent for a model that no provider lists. */
  readonly contextTokens?: number;
  readonly thinkingLevels: readonly ThinkingLevel[];
  readonly thinkingDefault: string;
}

const level = (id: string): ThinkingLevel => ({ id, label: id });
const THINKING_NONE = [level("off")];
const THINKING_ALL = ["off", "minimal", "low", "medium", "high"].map(level);

export interface ModelSource {
  /** The agent's own model, or the one that the session was set to. */
  of(agentId: string, choice?: Pick<Entry, "providerOverride" | "modelOverride">): ModelFacts;
  hasProvider(provider: string): boolean;
  /** `provider/id` for what a client wrote: with or without the provider. */
  expand(reference: string, agentId: string): { provider: string; id: string };
}

/** Facts that are kept; there are as many as combinations of provider and model in use. */
const FACTS_MAX = 1_000;

export function createModelSource(agents: Agents, models: Models): ModelSource {
  const kept = new Map<string, { readonly model: Model | undefined; readonly facts: ModelFacts }>();
  /** A list asks for the same facts for each of its rows. A reload settles the models anew, and so the facts. */
  const factsOf = (provider: string, id: string, isOfAgent: boolean): ModelFacts => {
    const reference = `${provider}/${id}`;
    const name = isOfAgent ? reference : `?${reference}`;
    const model = models.resolve(reference);
    const known = kept.get(name);
    if (known !== undefined && known.model === model) return known.facts;
    if (kept.size >= FACTS_MAX) kept.clear();
    const facts = {
      modelProvider: provider,
      model: id,
      ...(model === undefined ? {} : { contextTokens: model.contextWindow }),
      // compat(sessions/create-list): for an agent that is not set up every level is offered.
      thinkingLevels: !isOfAgent || model === undefined || model.reasoning ? THINKING_ALL : THINKING_NONE,
      thinkingDefault: thinkingDefault(model),
    };
    kept.set(name, { model, facts });
    return facts;
  };
  const split = (reference: string) => {
    const slash = reference.indexOf("/");
    return { provider: reference.slice(0, Math.max(slash, 0)), id: reference.slice(slash + 1) };
  };
  const ownModel = (agentId: string) => {
    const agent = agents.get(agentId) ?? agents.get(agents.defaultId);
    return split(agent?.model ?? "");
  };
  return {
    of(agentId, choice) {
      const own = ownModel(agentId);
      const provider = choice?.providerOverride ?? own.provider;
      const id = choice?.modelOverride ?? own.id;
      return factsOf(provider, id, agents.get(agentId) !== undefined);
    },
    hasProvider: (provider) => models.list().some((model) => model.provider === provider),
    expand(reference, agentId) {
      const asked = split(reference);
      if (asked.provider !== "") return asked;
      const byId = models.list().find((model) => model.id === asked.id);
      return { provider: byId?.provider ?? ownModel(agentId).provider, id: asked.id };
    },
  };
}
