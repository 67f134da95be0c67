import { controlUiSessionPullRequestsSubscribe } from "../../../schemas/methods/control-ui/session-pull-requests.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/**
 * This gateway has no connection to GitHub: who subscribes to the pull requests of sessions hears of none; an empty
 * list ends it.
 */
export default [
  method(controlUiSessionPullRequestsSubscribe, ({ params }) => {
    const { sessionKeys } = params;
    if (!Array.isArray(sessionKeys) || !sessionKeys.every(isKey)) {
      throw invalidRequest("invalid controlUi.sessionPullRequests.subscribe params");
    }
    return { subscribed: sessionKeys.length > 0 };
  }),
] satisfies Method[];

function isKey(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
