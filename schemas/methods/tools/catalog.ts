import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const group = {
  id: Type.String(),
  label: Type.String(),
  source: Type.String(),
  pluginId: Type.Optional(Type.String()),
};
const tool = {
  id: Type.String(),
  label: Type.String(),
  description: Type.String(),
  source: Type.String(),
  pluginId: Type.Optional(Type.String()),
};

export const toolsCatalog = contract({
  method: "tools.catalog",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })), includePlugins: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    agentId: Type.String(),
    profiles: Type.Array(Type.Object({ id: Type.String(), label: Type.String() })),
    groups: Type.Array(
      Type.Object({
        ...group,
        tools: Type.Array(
          Type.Object({
            ...tool,
            fullDescription: Type.Optional(Type.String()),
            optional: Type.Optional(Type.Boolean()),
            defaultProfiles: Type.Array(Type.String()),
          }),
        ),
      }),
    ),
  }),
});

export const toolsEffective = contract({
  method: "tools.effective",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { agentId: Type.Optional(Type.String({ minLength: 1 })), sessionKey: Type.String({ minLength: 1 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    agentId: Type.String(),
    profile: Type.String(),
    groups: Type.Array(
      Type.Object({ ...group, tools: Type.Array(Type.Object({ ...tool, rawDescription: Type.String() })) }),
    ),
  }),
});
