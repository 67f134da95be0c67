import { createHash } from "node:crypto";
import {
  pluginsControlUiList,
  pluginsControlUiReload,
  pluginsControlUiStatus,
} from "../../../schemas/methods/plugins/control-ui.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Modules that plugins bring into the Control UI: without plugins none, and nobody reports that one is running. */
export default [
  method(pluginsControlUiList, catalog),
  method(pluginsControlUiStatus, () => ({ clients: [] })),
  method(pluginsControlUiReload, ({ params, deps }) => {
    if (params.pluginId !== undefined) {
      throw new ProtocolError(
        "UNAVAILABLE",
        "Control UI reload failed. Confirm the plugin is active, build its browser assets, and retry.",
        { retryable: false },
      );
    }
    const current = catalog();
    deps.events.publish("plugins.controlUi.changed", { revision: current.revision });
    return current;
  }),
] satisfies Method[];

function catalog() {
  const modules = { plugins: [], diagnostics: [] };
  return { revision: createHash("sha256").update(JSON.stringify(modules)).digest("hex"), ...modules };
}
