import { portalClose, portalList, portalOpen } from "../../../schemas/methods/portal/portal.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const NOT_HERE = "sessionKey is required for operator environment requests";

/** Environments are other machines; there is none that a port could be opened on. */
function checkPlace(environmentId: string | undefined): void {
  if (environmentId !== undefined) throw new ProtocolError("UNAVAILABLE", NOT_HERE, { retryable: false });
}

export default [
  method(portalList, ({ params, deps }) => {
    if (params.environmentId !== undefined) throw invalidRequest(`Error: ${NOT_HERE}`);
    return { portals: [...deps.portals.list()] };
  }),
  method(portalOpen, ({ params, deps }) => {
    checkPlace(params.environmentId);
    return deps.portals.open(params);
  }),
  method(portalClose, async ({ params, deps }) => {
    checkPlace(params.environmentId);
    await deps.portals.close(params.id);
    return { closed: true };
  }),
] satisfies Method[];
