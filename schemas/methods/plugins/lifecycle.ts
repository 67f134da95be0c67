import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** What a change did to the plugins in force. */
const Changed = Type.Object({
  ok: Type.Literal(true),
  restartRequired: Type.Boolean(),
  runtime: Type.Object({
    generation: Type.Integer(),
    operationId: Type.String(),
    pluginIds: Type.Array(Type.String()),
    sourceDigests: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
  plugin: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  pluginIds: Type.Optional(Type.Array(Type.String())),
  warnings: Type.Optional(Type.Array(Type.String())),
});

export const pluginsInstall = contract({
  method: "plugins.install",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Union([
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("clawhub"),
        packageName: Type.String({ minLength: 1 }),
        version: Type.Optional(Type.String({ minLength: 1 })),
        expectedPluginId: Type.Optional(Type.String({ minLength: 1 })),
        expectedIntegrity: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("official"),
        pluginId: Type.String({ minLength: 1 }),
        version: Type.Optional(Type.Literal("latest")),
        pin: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("npm"),
        spec: Type.String({ minLength: 1 }),
        pin: Type.Optional(Type.Boolean()),
        expectedPluginId: Type.Optional(Type.String({ minLength: 1 })),
        expectedIntegrity: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("git"),
        spec: Type.String({ minLength: 1 }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("local"),
        path: Type.String({ minLength: 1 }),
        link: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("npm-pack"),
        archivePath: Type.String({ minLength: 1 }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("marketplace"),
        marketplace: Type.String({ minLength: 1 }),
        plugin: Type.String({ minLength: 1 }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        mode: Type.Optional(Type.Union([Type.Literal("install"), Type.Literal("update")])),
        acknowledgeInstallPolicyWarning: Type.Optional(Type.Boolean({ const: true })),
        acknowledgeCapabilities: Type.Optional(
          Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
        ),
        source: Type.Literal("bundled"),
        pluginId: Type.String({ minLength: 1 }),
        spec: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
  ]),
  result: Changed,
});

export const pluginsRefresh = contract({
  method: "plugins.refresh",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Changed,
});

export const pluginsReload = contract({
  method: "plugins.reload",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      plugins: Type.Array(
        Type.Object(
          {
            pluginId: Type.String({ minLength: 1 }),
            installHash: Type.Optional(Type.String({ pattern: "^[a-f0-9]{64}$" })),
            sourceDigests: Type.Optional(
              Type.Unsafe<Record<string, unknown>>({
                type: "object",
                patternProperties: { "^.*$": { type: "string", pattern: "^[a-f0-9]{64}$" } },
              }),
            ),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 64, uniqueItems: true },
      ),
      acknowledgeCapabilities: Type.Optional(
        Type.Object({ reviewToken: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
      ),
    },
    { additionalProperties: false },
  ),
  result: Changed,
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
  result: Changed,
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
  result: Changed,
});
