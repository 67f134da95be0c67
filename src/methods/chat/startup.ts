import { chatMetadata, chatStartup } from "../../../schemas/methods/chat/startup.ts";
import { createHistory, type HistoryQuery } from "../../domain/chat/index.ts";
import { listCommands } from "../../domain/commands/index.ts";
import { modelRow } from "../../domain/models/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";
import { checkAgent, viewerOf } from "./history.ts";

export default [
  method(chatStartup, async ({ params, caller, deps }) => {
    checkAgent(deps, params.agentId);
    if (!("sessionKey" in params)) {
      const { shortId, agentId } = params;
      const resolution = await deps.sessions.listing.resolve({ shortId, agentId, allowMissing: true });
      if (resolution.key === undefined) return { resolution: { ok: false } };
      return createHistory(deps).read({ ...params, sessionKey: resolution.key }, viewerOf(caller));
    }
    const history = await createHistory(deps).read(params as HistoryQuery, viewerOf(caller));
    if ("kind" in history) return history;
    const agentId = agentOf(deps, params.sessionKey, params.agentId);
    // compat(chat/startup): what nobody has asked for yet is not waited for; it is announced, and fetched then.
    if (!deps.chatMetadata.isLoaded) return history;
    return { ...history, metadata: { ...(await metadata(deps, agentId)), runtimeSelectionLocked: false } };
  }),
  method(chatMetadata, async ({ params, deps }) => {
    const { agentId, sessionKey } = params;
    if (agentId !== undefined && deps.agents.get(agentId) === undefined) {
      throw invalidRequest(`unknown agent id "${agentId}"`);
    }
    deps.chatMetadata.load();
    return {
      ...(await metadata(deps, agentOf(deps, sessionKey, agentId))),
      ...(sessionKey === undefined ? {} : { runtimeSelectionLocked: false }),
    };
  }),
] satisfies Method[];

/** What a chat needs beside the messages: which models and commands there are. */
async function metadata(deps: Deps, agentId: string) {
  const defaultModel = deps.agents.get(agentId)?.model ?? "";
  const hasProviders = Object.keys(deps.config.current().models.providers).length > 0;
  const models = deps.models
    .list()
    .filter(
      (model) => model.api !== "offline" || !hasProviders || `${model.provider}/${model.id}` === defaultModel,
    );
  return {
    models: models.map((model) =>
      modelRow(model, { defaultModel, hasInput: false, hasLocality: false, isLocal: false }),
    ),
    commands: await listCommands(deps.skills, deps.agents.get(agentId)),
    swarmEnabled: true,
    accountSelection: { kind: "automatic", label: "Automatic account selection" },
  };
}

function agentOf(deps: Deps, sessionKey: string | undefined, agentId: string | undefined): string {
  const named = sessionKey?.startsWith("agent:") ? sessionKey.split(":", 2)[1] : undefined;
  return agentId ?? named ?? deps.agents.defaultId;
}
