import {
  pluginsCatalogBrowse,
  pluginsCatalogCategories,
  pluginsCatalogGet,
  pluginsSearch,
} from "../../../schemas/methods/plugins/catalog.ts";
import { browseLocally, detailOf, isLocalIdentity, localPlugin } from "../../domain/plugins/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(pluginsSearch, async ({ deps: { hub } }) => {
    throw unavailable((await hub.failure()).chain);
  }),
  method(pluginsCatalogCategories, async ({ deps: { hub } }) => {
    const { chain } = await hub.failure();
    throw unavailable(`Plugin categories are unavailable: ${chain}. Retry to reconnect to ClawHub.`);
  }),
  method(pluginsCatalogBrowse, async ({ params, deps: { plugins, hub } }) => {
    const { cursor, intent, query } = params;
    if (cursor !== undefined && (query ?? "").trim() !== "") {
      throw invalidRequest("Plugin search does not accept a browse cursor.");
    }
    // A cursor is a place in the shop: nothing that is here comes behind it.
    const items = cursor === undefined ? browseLocally(await plugins.all(), params, plugins) : [];
    if (intent === "bundled") return { items };
    const { chain } = await hub.failure();
    const rest = cursor === undefined ? {} : { nextCursor: cursor };
    return { items, ...rest, remoteError: `ClawHub is unavailable: ${chain}.${remaining(intent, query)}` };
  }),
  method(pluginsCatalogGet, async ({ params, deps: { plugins } }) => {
    const manifest = localPlugin(params.id, await plugins.all());
    if (manifest !== undefined) return detailOf(manifest, plugins);
    throw invalidRequest(
      isLocalIdentity(params.id)
        ? "Unknown local plugin discovery identity."
        : "Unknown plugin discovery identity.",
    );
  }),
] satisfies Method[];

/** What is left to look at without the shop. */
function remaining(intent: string | undefined, query: string | undefined): string {
  if (intent !== undefined && intent !== "all") return "";
  return ` ${(query ?? "").trim() === "" ? "Installed" : "Bundled"} plugins remain available.`;
}

function unavailable(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}
