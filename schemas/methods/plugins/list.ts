import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** What an action of a plugin may ask for. */
export const ACTION_SCOPES = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.approvals",
  "operator.questions",
  "operator.pairing",
] as const;

/** Members of a row depend on where a plugin comes from and on what it brings. */
const Row = Type.Intersect([
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    installed: Type.Boolean(),
    enabled: Type.Boolean(),
    state: Type.String(),
    runtime: Type.Object({ state: Type.String() }),
  }),
  Type.Record(Type.String(), Type.Unknown()),
]);
const Shown = Type.Record(Type.String(), Type.Unknown());

export const pluginsList = contract({
  method: "plugins.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    plugins: Type.Array(Row),
    diagnostics: Type.Array(Type.Object({ level: Type.String(), message: Type.String() })),
    generation: Type.Integer(),
    mutationAllowed: Type.Boolean(),
  }),
});

export const pluginsUiDescriptors = contract({
  method: "plugins.uiDescriptors",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    ok: Type.Literal(true),
    generation: Type.Integer(),
    descriptors: Type.Array(Shown),
    methods: Type.Array(Type.String()),
    controlUiTabs: Type.Array(Shown),
    controlUiWidgetKinds: Type.Array(Shown),
    controlUiLinkReaders: Type.Array(Shown),
    pluginSurfaceUrls: Type.Optional(Type.Record(Type.String(), Type.String())),
  }),
});

export const pluginsInspect = contract({
  method: "plugins.inspect",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({ pluginId: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  result: Type.Object({
    ok: Type.Literal(true),
    plugin: Shown,
    source: Shown,
    declared: Type.Record(Type.String(), Type.Array(Type.String())),
    grants: Shown,
    components: Shown,
    overview: Type.Optional(Shown),
    credentials: Type.Optional(Type.Array(Shown)),
    reviewToken: Type.String(),
    decisions: Type.Array(Type.Never()),
  }),
});

export const pluginsSessionAction = contract({
  method: "plugins.sessionAction",
  // compat(sweep/plugins): the action says what it asks for, so whoever holds any scope at all is looked at further.
  access: (_params, scopes) => ACTION_SCOPES.find((scope) => scopes.includes(scope)) ?? "operator.write",
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
