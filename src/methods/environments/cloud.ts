import {
  environmentsCreate,
  environmentsDestroy,
  environmentsPrepare,
  environmentsSessionCreate,
  environmentsSessionDestroy,
  environmentsSessionExec,
  environmentsSessionStatus,
} from "../../../schemas/methods/environments/cloud.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** There are no machines in a cloud that could be hired: no profile of one is known, and none is attached. */
export default [
  method(environmentsCreate, ({ params }) => {
    throw invalidRequest(`Unknown worker profile: ${params.profileId}`);
  }),
  method(environmentsPrepare, ({ params }) => {
    throw invalidRequest(`Unknown worker profile: ${params.profileId}`, {
      details: { code: "profile_not_found" },
    });
  }),
  method(environmentsDestroy, ({ params }) => {
    throw invalidRequest(`Unknown worker environment: ${params.environmentId}`);
  }),
  method(environmentsSessionStatus, async ({ params, deps }) => {
    await requireConversation(params, deps);
    if (params.environmentId !== undefined) throw invalidRequest(TARGET_CHANGED);
    return { attachment: null };
  }),
  method(environmentsSessionCreate, async ({ params, deps }) => {
    await requireConversation(params, deps);
    throw invalidRequest(`Unknown worker profile: ${params.profileId}`);
  }),
  method(environmentsSessionDestroy, async ({ params, deps }) => {
    await requireConversation(params, deps);
    if (params.environmentId !== undefined) throw invalidRequest(TARGET_CHANGED);
    // compat(OP7): what is attached to nothing is stopped already.
    return { stopped: true as const };
  }),
  method(environmentsSessionExec, async ({ params, deps }) => {
    checkCommand(params);
    await requireConversation(params, deps);
    throw invalidRequest("No matching environment is attached to this conversation");
  }),
] satisfies Method[];

const TARGET_CHANGED = "Conversation environment target changed";

/** Refuses a question about no session, about somebody else's, or about one that is not kept. */
async function requireConversation(
  { sessionKey, agentId }: { readonly sessionKey?: string; readonly agentId?: string },
  { sessions }: Pick<Deps, "sessions">,
): Promise<void> {
  const entry =
    sessionKey === undefined ? undefined : await sessions.get(sessions.keyFor(sessionKey, agentId));
  if (entry === undefined) throw unattached(sessionKey);
}

function unattached(sessionKey: string | undefined) {
  return invalidRequest(
    sessionKey === undefined
      ? "sessionKey is required for operator environment requests"
      : "A persistent conversation is required for an attached environment",
  );
}

/** A command is for `run` and `start`, a process for all but `run`. */
function checkCommand(params: {
  readonly action?: string;
  readonly processId?: string;
  readonly argv?: readonly string[];
  readonly input?: string;
}): void {
  const { action = "run", processId, argv, input } = params;
  const begins = action === "run" || action === "start";
  const hasCommand = begins ? argv !== undefined : argv === undefined && input === undefined;
  const hasProcess = action === "run" ? processId === undefined : processId !== undefined;
  if (hasCommand && hasProcess) return;
  throw invalidRequest(
    "invalid environments.session.exec params: run/start require argv; start/status/stop require processId; status/stop accept no command",
  );
}
