import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const skillsLibraryList = contract({
  method: "skills.library.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      scope: Type.Optional(Type.Union([Type.Literal("mine"), Type.Literal("team"), Type.Literal("all")])),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    entries: Type.Array(Type.Never()),
    profileId: Type.Null(),
    multipleProfiles: Type.Boolean(),
    defaultTarget: Type.Union([Type.Literal("workspace"), Type.Literal("unavailable")]),
    canManageWorkspace: Type.Boolean(),
    defaultSelectionLimit: Type.Integer(),
  }),
});
