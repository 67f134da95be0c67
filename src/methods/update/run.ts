import { updateRun } from "../../../schemas/methods/update/run.ts";
import { sentinelOf, type UpdateRun } from "../../domain/updates/index.ts";
import { type Caller, type Method, method } from "../method.ts";

const BY_CLIENT: Readonly<Record<string, UpdateRun["trigger"]>> = {
  "openclaw-control-ui": "control-ui",
  "openclaw-macos": "mac-app",
  cli: "cli",
};

export default [
  method(updateRun, async ({ params, caller, deps: { updateRuns, updates } }) => {
    const { sessionKey, deliveryContext, target } = params;
    const run = await updateRuns.attempt({
      trigger: triggerOf(caller, params.requester?.channel),
      channel: updates.look().channel,
      ...(sessionKey === undefined ? {} : { sessionKey }),
      ...(deliveryContext === undefined ? {} : { deliveryContext }),
      ...(target === undefined ? {} : { sha: target.upstreamSha }),
    });
    return {
      runId: run.runId,
      ok: false,
      result: {
        status: run.status,
        mode: "unknown",
        reason: run.reason,
        before: run.before,
        steps: run.steps,
        durationMs: 0,
      },
      ackDelivered: false,
      ackQueued: false,
      restart: null,
      sentinel: { persisted: true, payload: { ...sentinelOf(run, null), message: null } },
    };
  }),
] satisfies Method[];

/** Whether somebody in a chat, a program or an application asked. */
function triggerOf(caller: Caller, channel: string | undefined): UpdateRun["trigger"] {
  if (channel !== undefined && channel !== "webchat") return "chat";
  return BY_CLIENT[caller.client.id] ?? "api";
}
