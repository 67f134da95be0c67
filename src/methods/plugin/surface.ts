import { pluginSurfaceRefresh } from "../../../schemas/methods/plugin/surface.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Surfaces are pages that plugins host; without plugins there is none of any name. */
export default [
  method(pluginSurfaceRefresh, ({ params }) => {
    const { surface } = params;
    if (typeof surface !== "string" || surface.trim() === "") throw invalidRequest("surface required");
    throw new ProtocolError("UNAVAILABLE", `${surface.trim()} plugin surface unavailable`, {
      retryable: false,
    });
  }),
] satisfies Method[];
