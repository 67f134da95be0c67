import type { Approval } from "../../../schemas/shapes/approval.ts";
import type { ApprovalRequest } from "./requests.ts";

export type ApprovalKind = "exec" | "plugin";
export type Decision = "allow-once" | "allow-always" | "deny";

export const DECISIONS: readonly Decision[] = ["allow-once", "allow-always", "deny"];

/** How an approval ended. `decision` is what somebody said; nobody said anything when time or the gateway ended it. */
export interface Ending {
  readonly status: "allowed" | "denied" | "expired" | "cancelled";
  readonly reason: "user" | "malformed-verdict" | "no-route" | "timeout" | "run-aborted" | "gateway-restart";
  readonly decision?: Decision;
  readonly at: number;
  readonly resolver: { readonly kind: "device" | "runtime" | "system"; readonly id?: string };
}

export interface ApprovalRecord {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly request: ApprovalRequest;
  readonly allowedDecisions: readonly Decision[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Who asked: the connection (which ends with it) and the device, if it signed. */
  readonly connId: string;
  readonly deviceId?: string;
  /** Devices that may decide although they are not an admin's. */
  readonly reviewerDeviceIds: readonly string[];
  readonly ending?: Ending;
}

/** What the approval page and the history show. */
export function toWireApproval(record: ApprovalRecord): Approval {
  const { id, ending, createdAtMs, expiresAtMs } = record;
  return {
    id,
    status: ending?.status ?? "pending",
    presentation: presentation(record),
    urlPath: `/approve/${encodeURIComponent(id)}`,
    createdAtMs,
    expiresAtMs,
    ...(ending === undefined ? {} : wireEnding(record, ending)),
  };
}

/** The same as those who follow a session are told it: without who decided. */
export function toSessionApproval(record: ApprovalRecord): Omit<Approval, "source" | "resolver"> {
  const { source: _, resolver: __, ...shown } = toWireApproval(record);
  return shown;
}

function wireEnding({ request }: ApprovalRecord, ending: Ending): Partial<Approval> {
  const { agentId, sessionKey } = request;
  return {
    resolvedAtMs: ending.at,
    reason: ending.reason,
    ...(ending.decision === undefined ? {} : { decision: ending.decision }),
    source: {
      ...(typeof agentId === "string" ? { agentId } : {}),
      ...(typeof sessionKey === "string" ? { sessionKey } : {}),
    },
    resolver: { ...ending.resolver },
  };
}

function presentation({ kind, request, allowedDecisions }: ApprovalRecord): Record<string, unknown> {
  const scope = request["scope"] === null ? {} : { scope: request["scope"] };
  if (kind === "exec") {
    return {
      kind,
      commandText: request["command"],
      commandPreview: previewOf(request),
      warningText: request["warningText"],
      host: request["host"],
      nodeId: request["nodeId"],
      agentId: request.agentId,
      ...scope,
      allowedDecisions,
    };
  }
  return {
    kind,
    title: request["title"],
    description: request["description"],
    ...(typeof request["detail"] === "string" ? { detail: request["detail"] } : {}),
    severity: request["severity"] ?? "warning",
    pluginId: request["pluginId"],
    toolName: request["toolName"],
    agentId: request.agentId,
    ...scope,
    allowedDecisions,
  };
}

/** A node's plan may say in fewer words what it runs. */
export function previewOf(request: ApprovalRequest): string | null {
  const plan = request["systemRunPlan"];
  const preview = typeof plan === "object" && plan !== null ? Reflect.get(plan, "commandPreview") : null;
  return typeof preview === "string" ? preview : null;
}
