import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const usersGithubStatus = contract({
  method: "users.github.status",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ personal: Type.Unknown(), system: Type.Unknown() }),
});

export const usersGithubAuthorizeStart = contract({
  method: "users.github.authorize.start",
  access: "operator.read",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Never(),
});

export const usersGithubAuthorizePoll = contract({
  method: "users.github.authorize.poll",
  access: "operator.read",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { requestId: Type.String({ format: "uuid", maxLength: 36 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersGithubAuthorizeCancel = contract({
  method: "users.github.authorize.cancel",
  access: "operator.read",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { requestId: Type.String({ format: "uuid", maxLength: 36 }) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const usersGithubDisconnect = contract({
  method: "users.github.disconnect",
  access: "operator.read",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Never(),
});
