import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const clawsMonitors = contract({
  method: "claws.monitors",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: null,
  result: Type.Object({
    monitors: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        enabled: Type.Boolean(),
        agentId: Type.String(),
        ownerAgentId: Type.Null(),
        storeKey: Type.String(),
        declarationKey: Type.String(),
        revision: Type.String(),
      }),
    ),
  }),
});

export const clawsPackagesRemove = contract({
  method: "claws.packages.remove",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: null,
  result: Type.Never(),
});
