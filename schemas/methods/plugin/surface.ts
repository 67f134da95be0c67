import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const pluginSurfaceRefresh = contract({
  method: "plugin.surface.refresh",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    surface: Type.String(),
    pluginSurfaceUrls: Type.Record(Type.String(), Type.String()),
    expiresAtMs: Type.Integer(),
  }),
});
