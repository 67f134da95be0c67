import { pluginsControlUiReport } from "../../../schemas/methods/plugins/control-ui-report.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const CONTROL_UI = "openclaw-control-ui";

export default [
  /** A Control UI tells whether the module of a plugin runs in it; it was handed none. */
  method(pluginsControlUiReport, ({ caller }) => {
    if (caller.client.id !== CONTROL_UI) {
      throw invalidRequest("Activation reports require a connected Control UI");
    }
    throw invalidRequest("Activation report is for an inactive browser revision");
  }),
] satisfies Method[];
