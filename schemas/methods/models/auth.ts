import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const modelsAuthLogout = contract({
  method: "models.authLogout",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: null,
  result: Type.Object({
    provider: Type.String(),
    removedProfiles: Type.Array(Type.String()),
    abortedRunIds: Type.Array(Type.Never()),
  }),
});
