import {
  pluginsCatalogGet,
  pluginsInspect,
  pluginsList,
  pluginsSessionAction,
  pluginsSetEnabled,
  pluginsUiDescriptors,
  pluginsUninstall,
} from "../../../schemas/methods/plugins/list.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** How often the set of loaded plugins changed: it was empty at the start, and stays so. */
const GENERATION = 1;

/** This gateway loads no plugins: every list is empty, and no name is that of an installed one. */
export default [
  method(pluginsList, () => ({
    plugins: [],
    diagnostics: [],
    generation: GENERATION,
    mutationAllowed: false,
  })),
  method(pluginsUiDescriptors, () => ({ ok: true as const, generation: GENERATION, descriptors: [] })),
  method(pluginsInspect, ({ params }) => {
    throw invalidRequest(`Plugin "${params.pluginId}" not found.`);
  }),
  method(pluginsSetEnabled, ({ params }) => {
    throw invalidRequest(`plugin not installed: ${params.pluginId}`);
  }),
  method(pluginsUninstall, ({ params }) => {
    throw invalidRequest(`Plugin not found: ${params.pluginId}`);
  }),
  method(pluginsSessionAction, ({ params }) => {
    const { pluginId, actionId } = params;
    throw new ProtocolError("UNAVAILABLE", `unknown plugin session action: ${pluginId}/${actionId}`, {
      retryable: false,
    });
  }),
  method(pluginsCatalogGet, () => {
    throw invalidRequest("Unknown plugin discovery identity.");
  }),
] satisfies Method[];
