import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const pluginsCredentialsInspect = contract({
  method: "plugins.credentials.inspect",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    {
      pluginId: Type.String({ minLength: 1, maxLength: 512 }),
      path: Type.Array(
        Type.Union([Type.String({ minLength: 1, maxLength: 512 }), Type.Integer({ minimum: 0 })]),
        { minItems: 5, maxItems: 32 },
      ),
      baseHash: Type.String({ minLength: 1, maxLength: 512 }),
      reveal: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    baseHash: Type.String(),
    credential: Type.Object({
      kind: Type.String(),
      value: Type.Optional(Type.String()),
      envVar: Type.Optional(Type.String()),
      ref: Type.Optional(Type.Object({ source: Type.String(), provider: Type.String(), id: Type.String() })),
      unresolved: Type.Optional(Type.Boolean()),
    }),
  }),
});

export const pluginsSkillsRead = contract({
  method: "plugins.skills.read",
  access: "operator.read",
  sideEffects: false,
  params: Type.Union([
    Type.Object(
      {
        source: Type.Literal("installed"),
        pluginId: Type.String({ minLength: 1, maxLength: 256 }),
        skillName: Type.String({ minLength: 1, maxLength: 256 }),
        path: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
        version: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        source: Type.Literal("catalog"),
        catalogId: Type.String({ minLength: 1, maxLength: 256 }),
        version: Type.String({ minLength: 1, maxLength: 256 }),
        skillName: Type.String({ minLength: 1, maxLength: 256 }),
        path: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Type.Object({
    name: Type.String(),
    rootPath: Type.String(),
    entryPath: Type.String(),
    files: Type.Array(
      Type.Object({
        path: Type.String(),
        sizeBytes: Type.Integer(),
        status: Type.Literal("ready"),
        content: Type.String(),
      }),
    ),
    directories: Type.Array(Type.Never()),
    inventoryComplete: Type.Boolean(),
    version: Type.String(),
  }),
});
