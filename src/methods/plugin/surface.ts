import { pluginSurfaceRefresh } from "../../../schemas/methods/plugin/surface.ts";
import { renewTicket } from "../../domain/plugins/index.ts";
import { type Method, method } from "../method.ts";

export default [
  method(pluginSurfaceRefresh, ({ params, caller, deps }) =>
    renewTicket(deps.surfaces, caller.connId, surfaceOf(params)),
  ),
] satisfies Method[];

/** Params are taken as they come: what has no surface in it names none. */
function surfaceOf(params: unknown): unknown {
  return typeof params === "object" && params !== null ? Reflect.get(params, "surface") : undefined;
}
