import {
  ACTION_SCOPES,
  pluginsInspect,
  pluginsList,
  pluginsSessionAction,
  pluginsUiDescriptors,
} from "../../../schemas/methods/plugins/list.ts";
import { holdsScope } from "../../domain/devices/index.ts";
import { controlUiParts, inOrder, inspectionOf, rowOf, uiDescriptors } from "../../domain/plugins/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";
import { mustBelong } from "../target.ts";

/** compat(sweep/plugins): an action that nobody declared asks for writing, and lists every scope there is. */
const WRITE_MISSING = new ProtocolError("FORBIDDEN", "missing scope: operator.write", {
  details: {
    code: "MISSING_SCOPE",
    missingScope: "operator.write",
    requiredScopes: [...ACTION_SCOPES, "operator.talk.secrets"],
  },
});

export default [
  method(pluginsList, async ({ deps: { plugins, hub } }) => {
    const [all, failure] = await Promise.all([plugins.all(), hub.failure()]);
    return {
      plugins: inOrder(all).map((manifest) => rowOf(manifest, plugins)),
      // What is official is known by heart as long as the shop cannot be asked.
      diagnostics: [{ level: "warn", message: `Official plugin catalog fallback: ${failure.cause}` }],
      mutationAllowed: true,
      generation: plugins.generation,
    };
  }),
  method(pluginsUiDescriptors, ({ caller, deps: { plugins, surfaces } }) => {
    const pages = plugins.surfaces().flatMap((surface) => {
      const url = surfaces.current(caller.connId, surface)?.url;
      return url === undefined ? [] : [[surface, url]];
    });
    return {
      ok: true as const,
      generation: plugins.generation,
      descriptors: uiDescriptors(plugins, caller.scopes),
      methods: [...plugins.methods()],
      ...controlUiParts(plugins, caller.scopes),
      ...(pages.length === 0 ? {} : { pluginSurfaceUrls: Object.fromEntries(pages) }),
    };
  }),
  method(pluginsInspect, async ({ params, deps: { plugins } }) => {
    const manifest = (await plugins.all()).find(({ id }) => id === params.pluginId);
    if (manifest === undefined) throw invalidRequest(`Plugin "${params.pluginId}" not found.`);
    return inspectionOf(manifest, plugins);
  }),
  /** Actions of sessions are something that only plugins from elsewhere bring. */
  method(pluginsSessionAction, ({ params, caller, deps }) => {
    const { pluginId, actionId } = params;
    if (!holdsScope(caller.scopes, "operator.write")) throw WRITE_MISSING;
    mustBelong(deps.sessions, params);
    throw new ProtocolError("UNAVAILABLE", `unknown plugin session action: ${pluginId}/${actionId}`, {
      retryable: false,
    });
  }),
] satisfies Method[];
