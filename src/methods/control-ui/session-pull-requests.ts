import {
  controlUiSessionPullRequestsChecks,
  controlUiSessionPullRequestsSubscribe,
} from "../../../schemas/methods/control-ui/session-pull-requests.ts";
import { partsTarget } from "../../domain/links/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
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
  method(controlUiSessionPullRequestsChecks, async ({ params, deps }) => {
    const { sessionKey, headSha } = params;
    const target = partsTarget({ ...params, kind: "pull" });
    const isWhole = isKey(sessionKey) && typeof headSha === "string" && /^[0-9a-f]{40}$/i.test(headSha);
    const isOdd = Object.keys(params).some((key) => !CHECKS.includes(key));
    if (target === undefined || target.kind === "commit" || !isWhole || isOdd) {
      throw invalidRequest("invalid controlUi.sessionPullRequests.checks params");
    }
    const key = deps.sessions.canonicalKey(String(sessionKey));
    const agent = deps.agents.get(deps.sessions.agentOf(key));
    if (agent === undefined || (await deps.sessions.get(key)) === undefined) {
      throw new ProtocolError("UNAVAILABLE", "Session CI details unavailable", { retryable: false });
    }
    const { owner, repo, number } = target;
    return {
      owner,
      repo,
      number,
      headSha,
      checks: [],
      status: "unavailable" as const,
      rateLimited: false,
      error: "The session pull request or head changed; reopen CI details",
    };
  }),
] satisfies Method[];

const CHECKS = ["sessionKey", "owner", "repo", "number", "headSha"];

function isKey(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
