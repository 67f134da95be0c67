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
    session: Type.Optional(
      Type.Object({
        sessionKey: Type.String(),
        selections: Type.Array(Type.Never()),
        attachable: Type.Array(Type.Never()),
      }),
    ),
  }),
});

export const skillsLibraryRead = contract({
  method: "skills.library.read",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      skillId: Type.String({ pattern: "^[a-f0-9-]{36}$" }),
      revision: Type.Optional(Type.String({ pattern: "^[a-f0-9]{64}$" })),
      sessionKey: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const skillsLibrarySave = contract({
  method: "skills.library.save",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      skillId: Type.Optional(Type.String({ pattern: "^[a-f0-9-]{36}$" })),
      expectedRevision: Type.Union([Type.String({ pattern: "^[a-f0-9]{64}$" }), Type.Null()]),
      slug: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,62}$" }),
      content: Type.String({ minLength: 1, maxLength: 1048576 }),
      files: Type.Optional(
        Type.Array(
          Type.Object(
            {
              path: Type.String({ minLength: 1, maxLength: 512 }),
              content: Type.String({ maxLength: 1398104 }),
              encoding: Type.Optional(Type.Union([Type.Literal("utf8"), Type.Literal("base64")])),
              executable: Type.Optional(Type.Boolean()),
            },
            { additionalProperties: false },
          ),
          { maxItems: 255 },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const skillsLibraryMutate = contract({
  method: "skills.library.mutate",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      skillId: Type.String({ pattern: "^[a-f0-9-]{36}$" }),
      expectedRevision: Type.String({ pattern: "^[a-f0-9]{64}$" }),
      action: Type.Union([
        Type.Literal("share"),
        Type.Literal("unshare"),
        Type.Literal("transfer"),
        Type.Literal("remove"),
        Type.Literal("enable"),
        Type.Literal("disable"),
        Type.Literal("rollback"),
      ]),
      revision: Type.Optional(Type.String({ pattern: "^[a-f0-9]{64}$" })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const skillsLibraryActivate = contract({
  method: "skills.library.activate",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1, maxLength: 512 }),
      action: Type.Union([Type.Literal("attach"), Type.Literal("detach"), Type.Literal("refresh")]),
      skillId: Type.Optional(Type.String({ pattern: "^[a-f0-9-]{36}$" })),
      revision: Type.Optional(Type.String({ pattern: "^[a-f0-9]{64}$" })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    sessionKey: Type.String(),
    selections: Type.Array(Type.Never()),
    sessionActivation: Type.Literal("next-turn"),
  }),
});

export const skillsLibraryImport = contract({
  method: "skills.library.import",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      slug: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,62}$" }),
      source: Type.Object(
        {
          kind: Type.Literal("clawhub"),
          slug: Type.String({ minLength: 1, maxLength: 256 }),
          version: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
        },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const skillsLibraryUpload = contract({
  method: "skills.library.upload",
  access: "operator.write",
  sideEffects: true,
  params: Type.Union([
    Type.Object(
      {
        action: Type.Literal("begin"),
        slug: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,62}$" }),
        sizeBytes: Type.Integer({ minimum: 1, maximum: 8388608 }),
        sha256: Type.String({ pattern: "^[a-f0-9]{64}$" }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        action: Type.Literal("chunk"),
        uploadId: Type.String({ pattern: "^[a-f0-9-]{36}$" }),
        offset: Type.Integer({ minimum: 0 }),
        data: Type.String({ maxLength: 350000 }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      { action: Type.Literal("commit"), uploadId: Type.String({ pattern: "^[a-f0-9-]{36}$" }) },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Never(),
});
