import { auditRunInspect } from "../../../schemas/methods/audit/inspect.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** What is missing to say who acted in a run, and what an operator can do about it. */
const GAPS = {
  run_not_found: {
    state: "unknown",
    missing: ["run.record", "identity.context"],
    code: "verify_run_id",
    text: "Check the id of the run. The trail is kept as well as can be: a run that is not in it may still have been.",
  },
  execution_not_found: {
    state: "unknown",
    missing: ["identity.context"],
    code: "verify_execution_id",
    text: "Check the id of the execution. That nothing is known of it does not prove that nothing ran.",
  },
  identity_context_unavailable: {
    state: "unsupported",
    missing: ["identity.context"],
    code: "record_new_identity_context",
    text: "See that the audit is switched on and the gateway up to date, and do it once more to record who acts.",
  },
} as const;

export default [
  // Who acted is not recorded with a run, so that there is no execution to show and no page to turn to.
  method(auditRunInspect, async ({ params, deps }) => {
    if (params.executionCursor !== undefined || params.decisionCursor !== undefined)
      throw invalidRequest("invalid audit.run.inspect cursor");
    const { runId, executionId } = params;
    if (runId === undefined) return report({ executionId, status: "unknown" }, "execution_not_found");
    return (await isKnown(deps, runId))
      ? report({ runId, status: "known" }, "identity_context_unavailable")
      : report({ runId, status: "unknown" }, "run_not_found");
  }),
] satisfies Method[];

async function isKnown(deps: Deps, runId: string): Promise<boolean> {
  return (await deps.audit.list({ runId, limit: 1 })).events.length > 0;
}

interface Subject {
  readonly runId?: string;
  readonly executionId?: string | undefined;
  readonly status: string;
}

function report({ runId, executionId, status }: Subject, reasonCode: keyof typeof GAPS) {
  const { state, missing, code, text } = GAPS[reasonCode];
  const missingEvidence = [...missing];
  return {
    schemaVersion: 1 as const,
    run: {
      ...(runId === undefined ? {} : { runId }),
      ...(executionId === undefined ? {} : { executionId }),
      status,
    },
    identity: { state, reasonCode, missingEvidence, remediation: [{ code, text }] },
    decisionDisplays: [],
    coverage: { state, missingEvidence },
  };
}
