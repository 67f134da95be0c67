import type { OperatorScope } from "./contract.ts";

/**
 * Who may receive an event: a scope, `none` for every connection (nodes too), `node` for nodes that it is addressed
 * to. What is not listed reaches admins only: a family nobody thought about must not leak.
 */
export type EventAccess = OperatorScope | "none" | "node";

export const EVENT_ACCESS: Readonly<Record<string, EventAccess>> = {
  "connect.challenge": "none",
  tick: "none",
  shutdown: "none",
  health: "none",
  presence: "none",
  heartbeat: "none",
  "gateway.suspension": "none",
  "update.available": "none",
  "plugins.changed": "operator.read",
  "plugins.install.progress": "operator.admin",
  "voicewake.changed": "none",
  "voicewake.routing.changed": "none",
  "device.pair.changed": "operator.pairing",
  "device.pair.requested": "operator.pairing",
  "device.pair.resolved": "operator.pairing",
  "node.hostStats": "operator.read",
  "node.invoke.request": "node",
  "node.pair.requested": "operator.pairing",
  "node.pair.resolved": "operator.pairing",
  "node.runnerInventory.changed": "operator.read",
  "exec.approval.requested": "operator.approvals",
  "exec.approval.resolved": "operator.approvals",
  "plugin.approval.requested": "operator.approvals",
  "plugin.approval.resolved": "operator.approvals",
  "ui.command": "operator.read",
  "question.requested": "operator.questions",
  "question.resolved": "operator.questions",
  "task.suggestion": "operator.read",
  "board.changed": "operator.read",
  "portal.changed": "operator.read",
  "talk.mode": "operator.talk",
  "skills.changed": "operator.read",
  agent: "operator.read",
  chat: "operator.read",
  "chat.metadata.changed": "operator.read",
  "config.changed": "operator.read",
  cron: "operator.read",
  "progressCard.changed": "operator.read",
  "session.message": "operator.read",
  "session.operation": "operator.read",
  "session.sharing.evidence": "operator.read",
  "session.tool": "operator.read",
  "sessions.changed": "operator.read",
  task: "operator.read",
};
