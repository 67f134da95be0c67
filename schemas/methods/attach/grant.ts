import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const attachRevoke = contract({
  method: "attach.revoke",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({ revoked: Type.Boolean() }),
});

/** Nothing is checked: what makes no sense counts as not said. */
export const attachGrant = contract({
  method: "attach.grant",
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Object({
    sessionKey: Type.String(),
    token: Type.String(),
    expiresAtMs: Type.Number(),
    mcpConfig: Type.Object({ mcpServers: Type.Record(Type.String(), Type.Unknown()) }),
    env: Type.Record(Type.String(), Type.String()),
  }),
});
