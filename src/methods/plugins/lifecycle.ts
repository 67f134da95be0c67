import {
  pluginsInstall,
  pluginsRefresh,
  pluginsReload,
  pluginsSetEnabled,
  pluginsUninstall,
} from "../../../schemas/methods/plugins/lifecycle.ts";
import { changeConfig } from "../../domain/config/edit.ts";
import { findToInstall, type Manifest, rowOf, withPluginEnabled } from "../../domain/plugins/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** Places on a disk: whose disk is only clear for somebody who sits at this one. */
const LOCAL_SOURCES: ReadonlySet<string> = new Set(["local", "npm-pack", "marketplace"]);
const NOT_FROM_AFAR =
  "Local plugin artifacts require a connection from the Gateway host. Run `openclaw plugins install` on that host.";

export default [
  method(pluginsSetEnabled, async ({ params, deps }) => {
    const { pluginId, enabled } = params;
    const manifest = await installed(pluginId, deps);
    if (manifest === undefined) throw invalidRequest(`plugin not installed: ${pluginId}`);
    await changeConfig((config) => withPluginEnabled(config, pluginId, enabled), deps);
    return { ...applied([pluginId], deps), plugin: changedRow(manifest, deps) };
  }),
  method(pluginsRefresh, ({ deps }) => applied([], deps)),
  method(pluginsReload, async ({ params, deps }) => {
    const pluginIds = params.plugins.map(({ pluginId }) => pluginId);
    for (const pluginId of pluginIds) {
      if ((await installed(pluginId, deps)) === undefined) {
        throw invalidRequest(untracked(pluginId));
      }
    }
    return { ...applied(pluginIds, deps), pluginIds };
  }),
  method(pluginsInstall, async ({ params, requestId, caller, deps }) => {
    if (LOCAL_SOURCES.has(params.source) && !caller.isLoopback) throw invalidRequest(NOT_FROM_AFAR);
    const tell = progressTo(caller.connId, requestId, deps);
    tell("started");
    let manifest: Manifest;
    try {
      manifest = await findToInstall(params, await deps.plugins.all(), deps.hub);
    } catch (error) {
      tell("failed");
      throw error;
    }
    tell("completed");
    await changeConfig((config) => withPluginEnabled(config, manifest.id, true), deps);
    return { ...applied([manifest.id], deps), plugin: changedRow(manifest, deps) };
  }),
  method(pluginsUninstall, async ({ params, deps }) => {
    const { pluginId } = params;
    const manifest = await installed(pluginId, deps);
    throw invalidRequest(
      manifest === undefined
        ? `Plugin not found: ${pluginId}`
        : `bundled plugin cannot be uninstalled: ${pluginId}; disable it instead`,
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
  events.publish("chat.metadata.changed", {});
  return {
    ok: true as const,
    restartRequired: false,
    runtime: { generation, operationId: ids.uuid(), pluginIds: [...pluginIds], sourceDigests: {} },
  };
}

/** Whoever asked is told how far the search is, and nobody else. */
function progressTo(connId: string, requestId: string, { ids, events }: Deps) {
  const activityId = ids.uuid();
  return (status: "started" | "failed" | "completed"): void =>
    events.publish(
      "plugins.install.progress",
      { activityId, stage: "resolve", status, requestId },
      { connIds: new Set([connId]) },
    );
}

function untracked(pluginId: string): string {
  return `Plugin "${pluginId}" is not associated with a tracked package install. Package maintenance requires an unambiguous install record and its discovered package owner. Refresh the plugin registry and run openclaw plugins doctor to inspect the install record before retrying.`;
}

/** The row of `plugins.list`, without how it runs: that is only settled when the change is through. */
function changedRow(manifest: Manifest, { plugins }: Deps): Record<string, unknown> {
  const { runtime: _unsettled, ...row } = rowOf(manifest, plugins);
  return row;
}
