import {
  pluginsInstall,
  pluginsRefresh,
  pluginsReload,
  pluginsSetEnabled,
  pluginsUninstall,
} from "../../../schemas/methods/plugins/lifecycle.ts";
import { changeConfig } from "../../domain/config/edit.ts";
import { type Manifest, rowOf, withPluginEnabled } from "../../domain/plugins/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(pluginsSetEnabled, async ({ params, deps }) => {
    const { pluginId, enabled } = params;
    const manifest = await installed(pluginId, deps);
    if (manifest === undefined) throw invalidRequest(`plugin not installed: ${pluginId}`);
    await changeConfig((config) => withPluginEnabled(config, pluginId, enabled), deps);
    return { ...applied([pluginId], deps), plugin: rowOf(manifest, deps.plugins) };
  }),
  method(pluginsRefresh, ({ deps }) => applied([], deps)),
  method(pluginsReload, async ({ params, deps }) => {
    const pluginIds = params.plugins.map(({ pluginId }) => pluginId);
    for (const pluginId of pluginIds) {
      if ((await installed(pluginId, deps)) === undefined) {
        throw invalidRequest(`Plugin "${pluginId}" is not managed or configured.`);
      }
    }
    return { ...applied(pluginIds, deps), pluginIds };
  }),
  method(pluginsInstall, async ({ params, deps }) => {
    throw await installRefusal(params, deps);
  }),
  method(pluginsUninstall, async ({ params, deps }) => {
    const { pluginId } = params;
    const manifest = await installed(pluginId, deps);
    throw invalidRequest(
      manifest === undefined
        ? `Plugin not found: ${pluginId}`
        : `Plugin "${pluginId}" cannot be uninstalled.`,
    );
  }),
] satisfies Method[];

async function installed(pluginId: string, { plugins }: Deps): Promise<Manifest | undefined> {
  const all = await plugins.all();
  return all.find(({ id, isOnByDefault }) => id === pluginId && isOnByDefault !== undefined);
}

/** The plugins are in force as the configuration has them now, and everybody is told that it may be others. */
function applied(pluginIds: readonly string[], { plugins, ids, events }: Deps) {
  const generation = plugins.advance();
  events.publish("plugins.changed", { generation });
  return {
    ok: true as const,
    restartRequired: false,
    runtime: { generation, operationId: ids.uuid(), pluginIds: [...pluginIds], sourceDigests: {} },
  };
}

/** Plugins of the reference are programs for its runtime; this gateway has none of that, so nothing can be installed. */
async function installRefusal(params: { readonly source: string }, deps: Deps): Promise<ProtocolError> {
  if (params.source === "clawhub") {
    return new ProtocolError("UNAVAILABLE", (await deps.hub.failure()).chain, { retryable: false });
  }
  return invalidRequest("This gateway runs no plugins from elsewhere.");
}
