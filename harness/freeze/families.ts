import type { Area } from "../scenario/areas.ts";

/** The scorecard row of every family of method names. A family that is missing here stops the freeze. */
export const AREA_OF_FAMILY: Readonly<Record<string, Area>> = {
  agent: "agent",
  agents: "agents",
  approval: "approvals",
  artifacts: "sessions",
  assistant: "hosted-web-surface",
  attach: "security-controls",
  audit: "logs",
  board: "workspace",
  browser: "tools",
  canvas: "workspace",
  channels: "channels",
  chat: "chat",
  claws: "cron",
  commands: "commands",
  computer: "nodes-remote",
  config: "config",
  connect: "websocket-connection",
  controlUi: "hosted-web-surface",
  conversations: "channels",
  cron: "cron",
  desktop: "nodes-remote",
  device: "device-auth-pairing",
  diagnostics: "health-diagnostics-repair",
  doctor: "health-diagnostics-repair",
  environments: "nodes-remote",
  exec: "approvals",
  fs: "workspace",
  gateway: "gateway-lifecycle",
  github: "tools",
  health: "health-diagnostics-repair",
  hooks: "hooks",
  "last-heartbeat": "cron",
  logs: "logs",
  mcp: "plugins",
  memory: "tools",
  mentions: "users",
  message: "channels",
  migrations: "state-recovery",
  models: "models",
  nativeHook: "hooks",
  node: "nodes-remote",
  openclaw: "health-diagnostics-repair",
  plugin: "approvals",
  plugins: "plugins",
  poll: "channels",
  portal: "network-access",
  progressCard: "sessions",
  projects: "workspace",
  push: "users",
  question: "chat",
  secrets: "secrets",
  send: "channels",
  session: "sessions",
  sessions: "sessions",
  "set-heartbeats": "cron",
  skills: "skills",
  status: "health-diagnostics-repair",
  system: "health-diagnostics-repair",
  "system-event": "rpc-events",
  "system-presence": "rpc-events",
  talk: "talk",
  taskSuggestions: "agent",
  tasks: "agent",
  terminal: "tools",
  themes: "hosted-web-surface",
  tools: "tools",
  transcripts: "sessions",
  tts: "talk",
  ui: "hosted-web-surface",
  update: "gateway-lifecycle",
  usage: "usage",
  users: "users",
  voicewake: "talk",
  wake: "cron",
  web: "channels",
  webSearch: "tools",
  wizard: "config",
  worker: "nodes-remote",
  worktrees: "workspace",
};

/** The first segment of the wire name, verbatim. */
export function familyOf(method: string): string {
  return method.split(".", 1)[0] ?? method;
}

export class UngroupedMethod extends Error {
  override readonly name = "UngroupedMethod";
}

/** Every method belongs to a row of the scorecard, or nobody would miss it when it is missing. */
export function areaOf(method: string): Area {
  const area = AREA_OF_FAMILY[familyOf(method)];
  if (area === undefined) throw new UngroupedMethod(`${method}: no scorecard row for ${familyOf(method)}.*`);
  return area;
}
