import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Profile = Type.Object({
  id: Type.String(),
  displayName: Type.Union([Type.String(), Type.Null()]),
  avatarMime: Type.Null(),
  mergedInto: Type.Null(),
  createdAt: Type.Number(),
  updatedAt: Type.Number(),
  emails: Type.Array(Type.String()),
  githubIdentity: Type.Null(),
  hasAvatar: Type.Boolean(),
});

export const usersList = contract({
  method: "users.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ profiles: Type.Array(Profile) }),
});

export const usersSelf = contract({
  method: "users.self",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ profile: Profile }),
});

export const usersLinkEmail = contract({
  method: "users.linkEmail",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      email: Type.String({ minLength: 1, maxLength: 320 }),
      targetProfileId: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersSetDisplayName = contract({
  method: "users.setDisplayName",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      displayName: Type.Union([Type.String({ maxLength: 256 }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ profile: Profile }),
});

export const usersSetAvatar = contract({
  method: "users.setAvatar",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      mime: Type.Union([Type.Literal("image/png"), Type.Literal("image/jpeg"), Type.Literal("image/webp")]),
      avatarBase64: Type.String({ minLength: 1, maxLength: 700000 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersSetRole = contract({
  method: "users.setRole",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      role: Type.Union([Type.String({ minLength: 1, maxLength: 128, pattern: "\\S" }), Type.Null()]),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersMentionable = contract({
  method: "users.mentionable",
  access: "operator.read",
  sideEffects: false,
  params: Type.Union([
    Type.Object(
      {
        sessionKey: Type.String({ minLength: 1, maxLength: 512 }),
        agentId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
        query: Type.Optional(Type.String({ maxLength: 128 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        agentId: Type.String({ minLength: 1, maxLength: 256 }),
        visibility: Type.Optional(
          Type.Union([
            Type.Literal("shared"),
            Type.Literal("read-only"),
            Type.Literal("suggest"),
            Type.Literal("draft"),
          ]),
        ),
        query: Type.Optional(Type.String({ maxLength: 128 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Object({ users: Type.Array(Type.Never()), truncated: Type.Boolean() }),
});

export const usersLinkChannelIdentity = contract({
  method: "users.linkChannelIdentity",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      identity: Type.Object(
        {
          channelId: Type.String({ minLength: 1, maxLength: 512, pattern: "^\\S(?:.*\\S)?$" }),
          accountId: Type.String({ minLength: 1, maxLength: 512, pattern: "^\\S(?:.*\\S)?$" }),
          senderId: Type.String({ minLength: 1, maxLength: 512, pattern: "^\\S(?:.*\\S)?$" }),
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersUnlinkChannelIdentity = contract({
  method: "users.unlinkChannelIdentity",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      identity: Type.Object(
        {
          channelId: Type.String({ minLength: 1, maxLength: 512, pattern: "^\\S(?:.*\\S)?$" }),
          accountId: Type.String({ minLength: 1, maxLength: 512, pattern: "^\\S(?:.*\\S)?$" }),
          senderId: Type.String({ minLength: 1, maxLength: 512, pattern: "^\\S(?:.*\\S)?$" }),
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersListChannelIdentities = contract({
  method: "users.listChannelIdentities",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    { profileId: Type.String({ minLength: 1, maxLength: 128 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
