import { desktopLaunch, desktopObserve, desktopRelease } from "../../../schemas/methods/desktop/desktop.ts";
import { hostDesktopRefusal, workerDesktopRefusal } from "../../domain/desktops/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Nobody's desktop can be shown: this gateway has no viewer, no worker's screen and no node that offers one. */
export default [
  method(desktopObserve, ({ params, deps }) => {
    const { source } = params;
    if (source.kind === "host") throw hostDesktopRefusal(deps.config);
    if (source.kind === "environment") {
      throw workerDesktopRefusal(deps.config, "observe", source.environmentId);
    }
    throw new ProtocolError(
      "UNAVAILABLE",
      "node desktop is unavailable; reconnect and approve the node capability",
      { retryable: false },
    );
  }),
  method(desktopLaunch, ({ params, deps }) => {
    throw workerDesktopRefusal(deps.config, "launch", params.source.environmentId);
  }),
  /** There is no ticket that could be given back. */
  method(desktopRelease, () => ({ released: false })),
] satisfies Method[];
