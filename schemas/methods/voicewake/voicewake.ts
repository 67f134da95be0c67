import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const voicewakeGet = contract({
  method: "voicewake.get",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ triggers: Type.Array(Type.String()) }),
});

export const voicewakeSet = contract({
  method: "voicewake.set",
  access: "operator.write",
  sideEffects: true,
  params: null,
  result: Type.Object({ triggers: Type.Array(Type.String()) }),
});

export const voicewakeRoutingGet = contract({
  method: "voicewake.routing.get",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({ config: Json }),
});
