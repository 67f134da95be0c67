/**
 * The rows of the scorecard. The first thirteen are the gateway areas of the reference's own maturity
 * scorecard, so the two can be laid side by side; the others are the subsystems of the manifest.
 */
export const AREAS = [
  "websocket-connection",
  "device-auth-pairing",
  "roles-permissions",
  "gateway-lifecycle",
  "rpc-events",
  "health-diagnostics-repair",
  "approvals",
  "nodes-remote",
  "http-apis",
  "hosted-web-surface",
  "security-controls",
  "network-access",
  "protocol-compatibility",
  "sessions",
  "chat",
  "agent",
  "routing",
  "tools",
  "cron",
  "config",
  "models",
  "agents",
  "skills",
  "commands",
  "hooks",
  "usage",
  "logs",
  "channels",
  "plugins",
  "talk",
  "users",
  "secrets",
  "state-recovery",
  "workspace",
  "sweep",
] as const;

export type Area = (typeof AREAS)[number];
