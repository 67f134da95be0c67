import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

export const projectsList = contract({
  method: "projects.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ includeObserved: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  result: Type.Object({ projects: Type.Array(Json), observedProjects: Type.Optional(Type.Array(Json)) }),
});
