import { updateRun } from "../../../schemas/methods/update/run.ts";
import type { UpdateRun } from "../../domain/updates/index.ts";
import { type Caller, type Method, method } from "../method.ts";

const BY_CLIENT: Readonly<Record<string, UpdateRun["trigger"]>> = {
  "openclaw-control-ui": "control-ui",
  "openclaw-macos": "mac-app",
  cli: "cli",
};

const ADVICE =
  "This gateway does not replace itself. Update the package with what installed it, then restart the gateway.";

export default [
  method(updateRun, async ({ params, caller, deps: { updateRuns, clock } }) => {
    const { sessionKey, deliveryContext, target } = params;
    const begunAt = clock.elapsed();
    const run = await updateRuns.attempt({
      trigger: triggerOf(caller, params.requester?.channel),
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
        durationMs: Math.round(clock.elapsed() - begunAt),
      },
      ackDelivered: false,
      ackQueued: false,
      message: ADVICE,
      handoff: null,
      restart: null,
      sentinel: null,
    };
  }),
] satisfies Method[];

/** Whether somebody in a chat, a program or an application asked. */
function triggerOf(caller: Caller, channel: string | undefined): UpdateRun["trigger"] {
  if (channel !== undefined && channel !== "webchat") return "chat";
  return BY_CLIENT[caller.client.id] ?? "api";
}
