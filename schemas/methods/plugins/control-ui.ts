import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** Which modules of plugins a Control UI should load; the revision is a hash of the rest. */
const Catalog = Type.Object({
  revision: Type.String(),
  plugins: Type.Array(Type.Never()),
  diagnostics: Type.Array(Type.Never()),
});

export const pluginsControlUiList = contract({
  method: "plugins.controlUi.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Catalog,
});

export const pluginsControlUiStatus = contract({
  method: "plugins.controlUi.status",
  access: "operator.admin",
  sideEffects: false,
  params: Type.Object(
    { pluginId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ clients: Type.Array(Type.Never()) }),
});

export const pluginsControlUiReload = contract({
  method: "plugins.controlUi.reload",
  access: "operator.admin",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { pluginId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Catalog,
});
