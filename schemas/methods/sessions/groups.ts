import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Groups = Type.Array(Type.Object({ name: Type.String(), position: Type.Number() }));
const Defaults = Type.Array(
  Type.Object({
    name: Type.String(),
    cwd: Type.Optional(Type.String()),
    worktree: Type.Optional(Type.Boolean()),
  }),
);

export const sessionsGroupsList = contract({
  method: "sessions.groups.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ groups: Groups, sectionOrder: Type.Array(Type.String()) }),
});

export const sessionsGroupsDefaults = contract({
  method: "sessions.groups.defaults",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({ defaults: Defaults }),
});

export const sessionsGroupsPut = contract({
  method: "sessions.groups.put",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      names: Type.Array(Type.String({ minLength: 1, maxLength: 512 })),
      sectionOrder: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 512 }))),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    groups: Groups,
    sectionOrder: Type.Array(Type.String()),
    updatedSessions: Type.Optional(Type.Number()),
  }),
});

export const sessionsGroupsRename = contract({
  method: "sessions.groups.rename",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 512 }),
      to: Type.String({ minLength: 1, maxLength: 512 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    groups: Groups,
    sectionOrder: Type.Array(Type.String()),
    updatedSessions: Type.Optional(Type.Number()),
  }),
});

export const sessionsGroupsUpdate = contract({
  method: "sessions.groups.update",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 512 }),
      cwd: Type.Union([Type.String({ minLength: 1 }), Type.Null()]),
      worktree: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ ok: Type.Literal(true), defaults: Defaults }),
});

export const sessionsGroupsDelete = contract({
  method: "sessions.groups.delete",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    { name: Type.String({ minLength: 1, maxLength: 512 }) },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    groups: Groups,
    sectionOrder: Type.Array(Type.String()),
    updatedSessions: Type.Optional(Type.Number()),
  }),
});
