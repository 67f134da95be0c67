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
  method(usersList, () => ({ profiles: [] })),
  method(usersSelf, () => {
    throw requiresPerson("self");
  }),
  method(usersMentionable, () => {
    throw requiresPerson("mentions");
  }),
  method(usersLinkEmail, ({ params }) => {
    throw noSuchProfile(params.targetProfileId);
  }),
  method(usersSetDisplayName, ({ params }) => {
    throw noSuchProfile(params.profileId);
  }),
  method(usersSetAvatar, ({ params }) => {
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
