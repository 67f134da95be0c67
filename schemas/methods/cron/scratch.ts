import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { jobParams } from "../../shapes/cron.ts";

const Scratch = Type.Union([
  Type.Object({ content: Type.String(), revision: Type.Integer(), updatedAtMs: Type.Integer() }),
  Type.Null(),
]);

export const cronScratchGet = contract({
  method: "cron.scratch.get",
  access: "operator.admin",
  sideEffects: false,
  params: jobParams({}),
  result: Type.Object({ scratch: Scratch, currentRevision: Type.Integer(), maxBytes: Type.Integer() }),
});

export const cronScratchSet = contract({
  method: "cron.scratch.set",
  access: "operator.admin",
  sideEffects: true,
  params: jobParams({
    content: Type.Union([Type.String({ maxLength: 262_144 }), Type.Null()]),
    expectedRevision: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  result: Type.Object({
    ok: Type.Boolean(),
    reason: Type.Optional(Type.String()),
    scratch: Type.Optional(Scratch),
    currentRevision: Type.Integer(),
    maxBytes: Type.Optional(Type.Integer()),
  }),
});
