import {
  artifactsDownload,
  artifactsGet,
  artifactsList,
} from "../../../schemas/methods/artifacts/artifacts.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

interface Scope {
  readonly sessionKey?: string;
  readonly agentId?: string;
  readonly runId?: string;
  readonly taskId?: string;
}

/** Refuses a question that is about no session. */
function checkScope({ sessionKey, agentId, runId, taskId }: Scope, deps: Deps): void {
  if (sessionKey === undefined && runId === undefined && taskId === undefined) {
    throw invalidRequest("artifacts require one of sessionKey, runId, or taskId", {
      details: { type: "artifact_query_unsupported" },
    });
  }
  if (sessionKey !== undefined) return void deps.sessions.keyFor(sessionKey, agentId);
  if (runId !== undefined && deps.runs.sessionOf(runId) !== undefined) return;
  throw invalidRequest("no session found for artifact query", {
    details: { type: "artifact_scope_not_found" },
  });
}

/** No tool of these agents makes artifacts, so a session has none. */
function notFound(artifactId: string) {
  return invalidRequest("artifact not found", { details: { type: "artifact_not_found", artifactId } });
}

export default [
  method(artifactsList, ({ params, deps }) => {
    checkScope(params, deps);
    if (params.type === "image" && params.cursor !== undefined) {
      // No list was ever longer than a page, so no cursor was handed out.
      throw invalidRequest("Image cursor expired or belongs to another session; restart artifacts.list", {
        details: { type: "artifact_cursor_invalid" },
      });
    }
    return { artifacts: [] };
  }),
  method(artifactsGet, ({ params, deps }) => {
    checkScope(params, deps);
    throw notFound(params.artifactId);
  }),
  method(artifactsDownload, ({ params, deps }) => {
    checkScope(params, deps);
    throw notFound(params.artifactId);
  }),
] satisfies Method[];
