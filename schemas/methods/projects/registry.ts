import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 128 }));

const Project = Type.Object({
  id: Type.String(),
  displayName: Type.String(),
  repoRoot: Type.String(),
  source: Type.String(),
  originUrl: Type.Optional(Type.String()),
});

export const projectsRegister = contract({
  method: "projects.register",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ path: Type.String({ minLength: 1 }), name: Name }, { additionalProperties: false }),
  result: Project,
});

export const projectsAdd = contract({
  method: "projects.add",
  access: "operator.write",
  sideEffects: true,
  isControlPlaneWrite: true,
  params: Type.Object(
    { gitUrl: Type.String({ minLength: 1, maxLength: 2048 }), name: Name },
    { additionalProperties: false },
  ),
  result: Project,
});

export const projectsRemove = contract({
  method: "projects.remove",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" }),
      deleteCheckout: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ removed: Type.Boolean() }),
});

export const projectsSearchRemote = contract({
  method: "projects.searchRemote",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { query: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    credential: Type.Union([Type.Literal("configured"), Type.Literal("missing")]),
    projects: Type.Array(
      Type.Object({
        name: Type.String(),
        fullName: Type.String(),
        cloneUrl: Type.String(),
        webUrl: Type.String(),
        private: Type.Boolean(),
      }),
    ),
  }),
});
