import { status } from "../../../schemas/methods/status/status.ts";
import { type Method, method } from "../method.ts";

export default [
  method(status, (call) =>
    call.deps.health.status({ isAdmin: call.caller.scopes.includes("operator.admin") }),
  ),
] satisfies Method[];
