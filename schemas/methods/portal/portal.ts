import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Portal = Type.Object({
  id: Type.String(),
  title: Type.String(),
  port: Type.Integer(),
  listenPort: Type.Integer(),
  tokenQuery: Type.String(),
  url: Type.String(),
  publicUrl: Type.String(),
  path: Type.Optional(Type.String()),
  createdAtMs: Type.Integer(),
});

export const portalList = contract({
  method: "portal.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { environmentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ portals: Type.Array(Portal) }),
});

export const portalOpen = contract({
  method: "portal.open",
  access: "operator.write",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    {
      environmentId: Type.Optional(Type.String({ minLength: 1 })),
      port: Type.Integer({ minimum: 1, maximum: 65535 }),
      title: Type.Optional(Type.String({ minLength: 1 })),
      description: Type.Optional(Type.String()),
      path: Type.Optional(Type.String({ pattern: "^/" })),
    },
    { additionalProperties: false },
  ),
  result: Portal,
});

export const portalClose = contract({
  method: "portal.close",
  access: "operator.write",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { id: Type.String({ minLength: 1 }), environmentId: Type.Optional(Type.String({ minLength: 1 })) },
    { additionalProperties: false },
  ),
  result: Type.Object({ closed: Type.Boolean() }),
});
