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
import type { Entry } from "../../domain/sessions/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";
import { methodOnSession } from "../target.ts";

const refuse = (message: string) => (): never => {
  throw invalidRequest(message);
};
const forbidden = (message: string) => new ProtocolError("FORBIDDEN", message);

/** What needs a worker, a person's profile or a plugin. There are none, and the reference says the same then. */
export default [
  method(sessionsRecover, async ({ params, deps }) => {
    const entry = await deps.sessions.get(deps.sessions.canonicalKey(params.key, params.agentId));
    if (entry === undefined) throw invalidRequest("Session recovery source was not found.");
    throw invalidRequest("Session recovery requires a restart-tombstoned session.");
  }),
  method(sessionsAssignOwner, async ({ params, caller, deps }) => {
    const person = await deps.owner.of(caller);
    if (person === undefined) throw forbidden("sessions.assignOwner requires an identified caller");
    const entry = await mustBeThere(deps, params);
    const { type, id } = params.owner;
    const isKnown =
      type === "agent" ? deps.agents.get(id) !== undefined : (await deps.owner.profile())?.id === id;
    if (!isKnown) throw invalidRequest(`unknown session owner "${id}"`);
    const owner = {
      actor: { type, id, identity: { type: type === "agent" ? "agent" : "profile", id } },
      assignedBy: { type: "human", id: person.id, identity: { type: "profile", id: person.id } },
      assignedAt: deps.clock.now(),
    };
    await deps.sessions.update(entry.key, ({ updatedAt }) => ({ assignedOwner: owner, updatedAt }), {
      reason: "owner",
    });
    return { ok: true as const, key: entry.key, owner };
  }),
  method(sessionsSetInvolvement, async ({ params, caller, deps }) => {
    const person = await deps.owner.of(caller);
    if (person === undefined) throw forbidden("Personal session visibility requires a signed-in profile.");
    const entry = await deps.sessions.get(deps.sessions.canonicalKey(params.key, params.agentId));
    if (entry === undefined || entry.sessionId !== params.expectedSessionId) {
      throw invalidRequest("Session is unavailable or changed. Refresh the session list.");
    }
    const others = (entry.hiddenFrom ?? []).filter((id) => id !== person.id);
    const hiddenFrom = params.hidden ? [...others, person.id] : others;
    await deps.sessions.update(entry.key, ({ updatedAt }) => ({ hiddenFrom, updatedAt }), null);
    return { ok: true as const, key: entry.key, hiddenFromInvolvingMe: params.hidden };
  }),
  methodOnSession(sessionsDispatch, "key", async ({ params, deps }) => {
    const { profileId, deviceId, autoDevice } = params;
    if (profileId !== undefined) throw invalidRequest(`cloud worker profile is not configured: ${profileId}`);
    if (deviceId !== undefined) throw invalidRequest(`device worker is not a paired node host: ${deviceId}`);
    const entry = await mustBeThere(deps, params);
    if (autoDevice !== true && entry.extra?.["worktree"] !== undefined) {
      throw invalidRequest("worker dispatch target is missing");
    }
    throw invalidRequest(
      autoDevice === true
        ? "no paired session-host nodes are available; pair a node, enable session hosting, then retry"
        : "sessions.dispatch requires a session-owned worktree or repository workspace",
    );
  }),
  method(sessionsReclaim, async ({ params, deps }) => {
    await mustBeThere(deps, params);
    throw invalidRequest("sessions.reclaim requires the session-owned worktree or repository workspace");
  }),
  method(sessionsPluginPatch, ({ params }) => {
    throw invalidRequest(`unknown plugin session extension: ${params.pluginId}/${params.namespace}`);
  }),
  methodOnSession(
    sessionsProviderReviewContinue,
    "sessionKey",
    refuse("Review and acknowledge the findings in chat."),
  ),
  method(sessionsStorageStatus, ({ deps }) => deps.sessions.listing.storage()),
  method(sessionsStorageRun, refuse("Transcript cold storage is disabled")),
] satisfies Method[];

/** A session that is not there is named as it was asked for, whatever agent its key names. */
async function mustBeThere(
  deps: Deps,
  target: { readonly key: string; readonly agentId?: string },
): Promise<Entry> {
  const key = deps.sessions.canonicalKey(target.key, target.agentId);
  const entry = await deps.sessions.get(key);
  if (entry === undefined) throw invalidRequest(`session not found: ${target.key}`);
  return entry;
}
