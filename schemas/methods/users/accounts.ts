import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const usersListAuthLinks = contract({
  method: "users.listAuthLinks",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { profileId: Type.String({ minLength: 1, maxLength: 128 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersListModelAccounts = contract({
  method: "users.listModelAccounts",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      profileId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    profileId: Type.String(),
    accounts: Type.Array(Type.Never()),
    links: Type.Array(Type.Never()),
  }),
});

export const usersSelectModelAccount = contract({
  method: "users.selectModelAccount",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      authProfileId: Type.String({ minLength: 1, maxLength: 256 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersLinkAuthProfile = contract({
  method: "users.linkAuthProfile",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      authProfileId: Type.String({ minLength: 1, maxLength: 256 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersUnlinkAuthProfile = contract({
  method: "users.unlinkAuthProfile",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      provider: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
