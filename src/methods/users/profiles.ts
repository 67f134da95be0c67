import {
  usersLinkChannelIdentity,
  usersLinkEmail,
  usersList,
  usersListChannelIdentities,
  usersMentionable,
  usersSelf,
  usersSetAvatar,
  usersSetDisplayName,
  usersSetRole,
  usersUnlinkChannelIdentity,
} from "../../../schemas/methods/users/profiles.ts";
import { noSuchProfile, requiresPerson } from "../../domain/users/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(usersList, async ({ deps }) => {
    const owner = await deps.owner.profile();
    return { profiles: owner === undefined ? [] : [owner] };
  }),
  method(usersSelf, async ({ caller, deps }) => {
    const profile = await deps.owner.of(caller);
    if (profile === undefined) throw requiresPerson("self");
    return { profile };
  }),
  /** There is nobody else to mention. */
  method(usersMentionable, async ({ caller, deps }) => {
    if ((await deps.owner.of(caller)) === undefined) throw requiresPerson("mentions");
    return { users: [], truncated: false };
  }),
  method(usersLinkEmail, ({ params }) => {
    throw noSuchProfile(params.targetProfileId);
  }),
  method(usersSetDisplayName, async ({ params, deps }) => {
    const owner = await deps.owner.profile();
    if (owner?.id !== params.profileId) throw noSuchProfile(params.profileId);
    return { profile: await deps.owner.rename(params.displayName) };
  }),
  method(usersSetAvatar, ({ params }) => {
    if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(params.avatarBase64))
      throw invalidRequest("avatarBase64 must be base64");
    throw noSuchProfile(params.profileId);
  }),
  /** The role is looked at first: one that is not defined is refused for a profile that is not there as well. */
  method(usersSetRole, ({ params, deps }) => {
    const { profileId, role } = params;
    if (role !== null && !isDefinedRole(deps, role)) {
      throw invalidRequest(
        `unknown operator role "${role}"; define it under gateway.roles.definitions before assigning it`,
      );
    }
    throw noSuchProfile(profileId);
  }),
  method(usersLinkChannelIdentity, ({ params }) => {
    throw noSuchProfile(params.profileId);
  }),
  method(usersUnlinkChannelIdentity, ({ params }) => {
    throw noSuchProfile(params.profileId);
  }),
  method(usersListChannelIdentities, ({ params }) => {
    throw noSuchProfile(params.profileId);
  }),
] satisfies Method[];

function isDefinedRole(deps: Deps, role: string): boolean {
  const { roles } = deps.config.current().gateway;
  if (typeof roles !== "object" || roles === null || !("definitions" in roles)) return false;
  const { definitions } = roles;
  return typeof definitions === "object" && definitions !== null && Object.hasOwn(definitions, role);
}
