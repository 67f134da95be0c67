import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** This gateway loads no plugins. */
const NoPlugins = Type.Array(Type.Never());

export const pluginsList = contract({
  method: "plugins.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    plugins: NoPlugins,
    diagnostics: Type.Array(Type.Never()),
    generation: Type.Integer(),
    mutationAllowed: Type.Boolean(),
  }),
});

export const pluginsUiDescriptors = contract({
  method: "plugins.uiDescriptors",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ ok: Type.Literal(true), generation: Type.Integer(), descriptors: NoPlugins }),
});

export const pluginsInspect = contract({
  method: "plugins.inspect",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ pluginId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Never(),
});

export const pluginsSetEnabled = contract({
  method: "plugins.setEnabled",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      pluginId: Type.String({ minLength: 1 }),
      enabled: Type.Boolean(),
      allowlistPolicy: Type.Optional(Type.Literal("preserve")),
      acknowledgeCapabilities: Type.Optional(
        Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const pluginsUninstall = contract({
  method: "plugins.uninstall",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { pluginId: Type.String({ minLength: 1 }), keepFiles: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const pluginsSessionAction = contract({
  method: "plugins.sessionAction",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      pluginId: Type.String({ minLength: 1 }),
      actionId: Type.String({ minLength: 1 }),
      sessionKey: Type.Optional(Type.String({ minLength: 1 })),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      payload: Type.Optional(Type.Unknown()),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const pluginsCatalogGet = contract({
  method: "plugins.catalog.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      id: Type.String({ minLength: 1, maxLength: 512, pattern: "^[A-Za-z0-9_-]+$" }),
      version: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
