import { modelsProbe } from "../../../schemas/methods/models/probe.ts";
import { POLICY } from "../../../schemas/policy.ts";
import { knownAgent } from "../../domain/agents/index.ts";
import type { Model } from "../../domain/models/index.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(modelsProbe, async ({ params, deps }) => {
    const { provider } = params;
    const agentId = knownAgent(deps.agents, params.agentId).id;
    const target = await targetOf(deps, provider, agentId, params.profileId);
    if (target === undefined) {
      const error = "No probe targets are available for this provider.";
      return { provider, status: "unknown" as const, error, results: [] };
    }
    const { model, name, profileId } = target;
    const timeoutMs = Math.min(params.timeoutMs ?? POLICY.modelProbeMs, POLICY.modelProbeMsMax);
    const result = await deps.probe(model, agentId, timeoutMs);
    const label = `${name} · ${model.provider}/${model.id}`;
    const { status, latencyMs, error } = result;
    return {
      provider,
      status,
      latencyMs,
      ...(error === undefined ? {} : { error }),
      results: [{ ...(profileId === undefined ? {} : { profileId }), label, ...result }],
    };
  }),
] satisfies Method[];

interface Target {
  readonly model: Model;
  readonly name: string;
  readonly profileId?: string;
}

/** The first model of the provider, and the credential that a call of it would go out with. */
async function targetOf(
  deps: Deps,
  provider: string,
  agentId: string,
  wanted: string | undefined,
): Promise<Target | undefined> {
  const model = deps.models.list().find((one) => one.provider === provider);
  if (model === undefined) return undefined;
  const saved = await deps.authProfiles.list(agentId, provider);
  const profile = wanted === undefined ? saved[0] : saved.find(({ id }) => id === wanted);
  if (profile !== undefined) return { model, name: `Profile ${profile.id}`, profileId: profile.id };
  const isConfigured = deps.config.current().models.providers[provider]?.apiKey !== undefined;
  return wanted === undefined && isConfigured ? { model, name: "Configured credential" } : undefined;
}
