import { status } from "../../../schemas/methods/status/status.ts";
import { type Method, method } from "../method.ts";

/** The schema of `status` takes anything, and anything but `true` asks for nothing. */
function asksForProjection(params: unknown): boolean {
  return (
    typeof params === "object" &&
    params !== null &&
    "includeCliProjection" in params &&
    params.includeCliProjection === true
  );
}

export default [
  method(status, (call) =>
    call.deps.health.status({
      isAdmin: call.caller.scopes.includes("operator.admin"),
      withProjection: asksForProjection(call.params),
    }),
  ),
] satisfies Method[];
