import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const gatewayIdentityGet = contract({
  method: "gateway.identity.get",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ deviceId: Type.String(), publicKey: Type.String() }),
});
