import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const usersAuthConnectStart = contract({
  method: "users.authConnect.start",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      provider: Type.String({ minLength: 1, maxLength: 128 }),
      method: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersAuthConnectAnswer = contract({
  method: "users.authConnect.answer",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      connectId: Type.String({ minLength: 1, maxLength: 128 }),
      stepId: Type.String({ minLength: 1 }),
      value: Type.Optional(Type.Unknown()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersAuthConnectStatus = contract({
  method: "users.authConnect.status",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      connectId: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersAuthConnectCancel = contract({
  method: "users.authConnect.cancel",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      profileId: Type.String({ minLength: 1, maxLength: 128 }),
      connectId: Type.String({ minLength: 1, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersAuthConnectCatalog = contract({
  method: "users.authConnect.catalog",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { profileId: Type.String({ minLength: 1, maxLength: 128 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
