import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsSearch = contract({
  method: "skills.search",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      query: Type.Optional(Type.String({ minLength: 1 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const skillsDetail = contract({
  method: "skills.detail",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ slug: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Unknown(),
});
