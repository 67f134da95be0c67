import {
  sessionMembersAdd,
  sessionMembersList,
  sessionMembersListEvidence,
  sessionMembersRemove,
  sessionPublicShareSet,
  sessionTyping,
  sessionVisibilitySet,
} from "../../../schemas/methods/session/sharing.ts";
import { actorOf, type Entry, SESSIONS_TOPIC } from "../../domain/sessions/index.ts";
import type { Profile } from "../../domain/users/index.ts";
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

/** Members are people with profiles. A gateway without accounts knows its owner, who needs no invitation. */
async function members({ params, caller, deps }: Call<Target>) {
  const entry = await mustBeThere(deps, params);
  const person = await deps.owner.profile();
  return {
    sessionKey: entry.key,
    ...(entry.createdActor === undefined ? {} : { owner: actorOf(entry.createdActor) }),
    members: [],
    identities: person === undefined ? [] : [identityOf(person)],
    role: deps.sessions.sharingRole(caller),
    allowedVisibilities: VISIBILITIES,
  };
}

function identityOf({ id, displayName }: Profile) {
  return { id, identity: { type: "profile", id }, label: displayName ?? id, type: "human" };
}

export default [
  method(sessionMembersList, members),
  method(sessionMembersListEvidence, members),
  method(sessionMembersAdd, async ({ params, deps }) => {
    const { key } = await mustBeThere(deps, params);
    const { identityId } = params;
    if ((await deps.owner.profile())?.id !== identityId) throw invalidRequest("unknown identity");
    return { ok: true as const, sessionKey: key, identityId };
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
