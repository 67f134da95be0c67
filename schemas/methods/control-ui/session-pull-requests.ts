import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const controlUiSessionPullRequestsSubscribe = contract({
  method: "controlUi.sessionPullRequests.subscribe",
  access: "operator.read",
  sideEffects: true,
  params: null,
  result: Type.Object({ subscribed: Type.Boolean() }),
});
