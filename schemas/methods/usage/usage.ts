import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const usageStatus = contract({
  method: "usage.status",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ providers: Type.Array(Type.Unknown()), updatedAt: Type.Integer() }),
});

export const usageCost = contract({
  method: "usage.cost",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    updatedAt: Type.Integer(),
    days: Type.Integer(),
    daily: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    totals: Type.Record(Type.String(), Type.Unknown()),
    cacheStatus: Type.Record(Type.String(), Type.Unknown()),
  }),
});
