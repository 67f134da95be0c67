import type { Agents } from "../agents/index.ts";
import type { Models } from "../models/index.ts";
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

export function createModelSource(agents: Agents, models: Models): ModelSource {
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
      const known = models.resolve(`${provider}/${id}`);
      return {
        modelProvider: provider,
        model: id,
        ...(known === undefined ? {} : { contextTokens: known.contextWindow }),
        thinkingLevels: known === undefined || known.reasoning ? THINKING_ALL : THINKING_NONE,
        thinkingDefault: "off",
      };
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
