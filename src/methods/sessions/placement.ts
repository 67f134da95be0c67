import {
  sessionsAssignOwner,
  sessionsDispatch,
  sessionsPluginPatch,
  sessionsProviderReviewContinue,
  sessionsReclaim,
  sessionsRecover,
  sessionsSetInvolvement,
  sessionsStorageRun,
  sessionsStorageStatus,
} from "../../../schemas/methods/sessions/placement.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const refuse = (message: string) => (): never => {
  throw invalidRequest(message);
};
const forbid = (message: string) => (): never => {
  throw new ProtocolError("FORBIDDEN", message);
};

/** What needs a worker, a person's profile or a plugin. There are none, and the reference says the same then. */
export default [
  method(sessionsRecover, refuse("Session recovery requires a restart-tombstoned session.")),
  method(sessionsAssignOwner, forbid("sessions.assignOwner requires an identified caller")),
  method(sessionsSetInvolvement, forbid("Personal session visibility requires a signed-in profile.")),
  method(
    sessionsDispatch,
    refuse("sessions.dispatch requires a session-owned worktree or repository workspace"),
  ),
  method(
    sessionsReclaim,
    refuse("sessions.reclaim requires the session-owned worktree or repository workspace"),
  ),
  method(sessionsPluginPatch, ({ params }) => {
    throw invalidRequest(`unknown plugin session extension: ${params.pluginId}/${params.namespace}`);
  }),
  method(sessionsProviderReviewContinue, refuse("Review and acknowledge the findings in chat.")),
  method(sessionsStorageStatus, ({ deps }) => deps.sessions.listing.storage()),
  method(sessionsStorageRun, refuse("Transcript cold storage is disabled")),
] satisfies Method[];
