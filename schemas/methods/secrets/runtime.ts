import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const secretsReload = contract({
  method: "secrets.reload",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({ ok: Type.Literal(true), warningCount: Type.Integer() }),
});

/** Params are checked by the handler: a refusal names the member and says no more. */
export const secretsResolve = contract({
  method: "secrets.resolve",
  access: "operator.admin",
  sideEffects: false,
  params: null,
  result: Type.Object({
    ok: Type.Literal(true),
    assignments: Type.Array(
      Type.Object({
        path: Type.String(),
        pathSegments: Type.Array(Type.String()),
        value: Type.Unknown(),
      }),
    ),
    diagnostics: Type.Array(Type.String()),
    inactiveRefPaths: Type.Array(Type.String()),
  }),
});
