import { workerDesktopLaunch, workerDesktopObserve } from "../../../schemas/methods/worker/desktop.ts";
import { workerDesktopRefusal } from "../../domain/desktops/index.ts";
import { type Method, method } from "../method.ts";

/** Machines in a cloud are not hired here, so there is no screen of one to look at. */
export default [
  method(workerDesktopObserve, ({ params, deps }) => {
    throw workerDesktopRefusal(deps.config, "observe", params.environmentId);
  }),
  method(workerDesktopLaunch, ({ params, deps }) => {
    throw workerDesktopRefusal(deps.config, "launch", params.environmentId);
  }),
] satisfies Method[];
