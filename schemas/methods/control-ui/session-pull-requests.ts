import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const controlUiSessionPullRequestsSubscribe = contract({
  method: "controlUi.sessionPullRequests.subscribe",
  access: "operator.read",
  sideEffects: true,
  params: null,
  result: Type.Object({ subscribed: Type.Boolean() }),
});

export const controlUiSessionPullRequestsChecks = contract({
  method: "controlUi.sessionPullRequests.checks",
  access: "operator.read",
  sideEffects: false,
  params: null,
  result: Type.Object({
    owner: Type.String(),
    repo: Type.String(),
    number: Type.Integer(),
    headSha: Type.String(),
    checks: Type.Array(Type.Never()),
    status: Type.Literal("unavailable"),
    rateLimited: Type.Boolean(),
    error: Type.String(),
  }),
});
