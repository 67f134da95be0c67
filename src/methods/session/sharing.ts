import {
  sessionMembersAdd,
  sessionMembersList,
  sessionMembersListEvidence,
  sessionMembersRemove,
  sessionPublicShareSet,
  sessionTyping,
  sessionVisibilitySet,
} from "../../../schemas/methods/session/sharing.ts";
import { type Entry, SESSIONS_TOPIC } from "../../domain/sessions/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Call, type Method, method } from "../method.ts";

const VISIBILITIES = ["shared", "read-only", "suggest", "draft"];

type Target = { readonly sessionKey: string; readonly agentId?: string };

export async function mustBeThere(deps: Deps, target: Target): Promise<Entry> {
  const key = deps.sessions.keyFor(target.sessionKey, target.agentId);
  const entry = await deps.sessions.get(key);
  if (entry === undefined) throw invalidRequest(`unknown session: ${target.sessionKey}`);
  return entry;
}

/** The one human of a gateway without accounts. */
const OWNER = {
  id: "gateway-owner",
  identity: { type: "profile", id: "gateway-owner" },
  label: "gateway-owner",
  type: "human",
};

/** Members are people with profiles. A gateway without accounts knows its owner, who needs no invitation. */
async function members({ params, caller, deps }: Call<Target>) {
  const { key } = await mustBeThere(deps, params);
  const role = deps.sessions.sharingRole(caller);
  return { sessionKey: key, members: [], identities: [OWNER], role, allowedVisibilities: VISIBILITIES };
}

export default [
  method(sessionMembersList, members),
  method(sessionMembersListEvidence, members),
  method(sessionMembersAdd, async ({ params, deps }) => {
    await mustBeThere(deps, params);
    throw invalidRequest("unknown identity");
  }),
  method(sessionMembersRemove, async ({ params, deps }) => {
    const { key } = await mustBeThere(deps, params);
    return { ok: true as const, sessionKey: key, identityId: params.identityId };
  }),
  method(sessionVisibilitySet, async ({ params, deps }) => {
    const before = await mustBeThere(deps, params);
    const { key, agentId } = before;
    const { visibility } = params;
    if ((before.visibility ?? "shared") === visibility)
      return { ok: true as const, sessionKey: key, visibility };
    deps.events.publish(
      "sessions.changed",
      { reason: "sharing", ts: deps.clock.now() },
      { topics: [SESSIONS_TOPIC] },
    );
    await deps.sessions.update(key, () => ({ visibility }), { reason: "sharing" });
    const evidence = { action: "visibility", sessionKey: key, agentId, visibility, ts: deps.clock.now() };
    deps.events.publish("session.sharing.evidence", evidence);
    return { ok: true as const, sessionKey: key, visibility };
  }),
  method(sessionTyping, async ({ params, deps }) => {
    await mustBeThere(deps, params);
    return { ok: true as const, broadcast: false };
  }),
  method(sessionPublicShareSet, async ({ params, deps }) => {
    await mustBeThere(deps, params);
    throw invalidRequest("Session changed; reopen sharing before publishing.");
  }),
] satisfies Method[];
