import { gatewaySuspendHandoff } from "../../../schemas/methods/gateway/handoff.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

function unavailable(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}

export default [
  // The machine will be moved whatever is still going on: the lease holds for whoever asked for it, and this process.
  method(gatewaySuspendHandoff, ({ params, deps }) => {
    const { suspensionId, target } = params;
    if (target.pid !== process.pid || target.processInstanceId !== deps.cron.processInstanceId)
      throw unavailable("gateway process changed after preflight");
    const lease = deps.suspension.lease(suspensionId);
    if (lease === undefined) throw unavailable("gateway suspension id does not match");
    return { status: "armed", suspensionId, expiresAtMs: lease.expiresAtMs } as const;
  }),
] satisfies Method[];
