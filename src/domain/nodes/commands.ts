/**
 * Which commands a node may be asked for. The tables are the reference's, as observed by declaring every command it
 * documents from a node of each system.
 */
const ANYWHERE = [
  "camera.list",
  "location.get",
  "system.notify",
  "talk.ptt.cancel",
  "talk.ptt.once",
  "talk.ptt.start",
  "talk.ptt.stop",
];

const COMPUTER = [
  ...ANYWHERE,
  "agent.cli.claude.run.v1",
  "browser.proxy",
  "browser.proxy.upload.v1",
  "computer.act",
  "desktop.stream",
  "fs.listDir",
  "mcp.tools.call.v1",
  "ollama.chat",
  "ollama.models",
  "screen.snapshot",
  "system.execApprovals.get",
  "system.execApprovals.set",
  "system.run",
  "system.run.prepare",
  "system.which",
  "terminal.upload",
];

const PERSONAL = [
  "calendar.events",
  "contacts.search",
  "motion.activity",
  "motion.pedometer",
  "photos.latest",
  "reminders.list",
];

const DEVICE = ["device.info", "device.status"];

const ALLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    "android",
    new Set([
      ...ANYWHERE,
      ...PERSONAL,
      ...DEVICE,
      "callLog.search",
      "device.apps",
      "device.health",
      "device.permissions",
      "notifications.actions",
      "notifications.list",
    ]),
  ],
  ["ios", new Set([...ANYWHERE, ...PERSONAL, ...DEVICE, "watch.notify", "watch.status"])],
  ["linux", new Set(COMPUTER)],
  [
    "macos",
    new Set([
      ...COMPUTER,
      ...PERSONAL,
      ...DEVICE,
      "camera.ptz.status",
      "canvas.hide",
      "canvas.navigate",
      "canvas.present",
      "device.apps",
    ]),
  ],
  ["windows", new Set([...COMPUTER, ...DEVICE])],
]);

/** What only the program of a node host can do: to a node that does not offer it, it is no command at all. */
const OF_HOSTS: ReadonlySet<string> = new Set([
  "browser.proxy",
  "browser.proxy.upload.v1",
  "desktop.stream",
  "fs.listDir",
  "mcp.tools.call.v1",
  "screen.snapshot",
  "system.run",
  "system.run.prepare",
  "system.which",
  "talk.ptt.cancel",
  "talk.ptt.once",
  "talk.ptt.start",
  "talk.ptt.stop",
  "terminal.upload",
]);

const ALLOWED_ELSEWHERE: ReadonlySet<string> = new Set(ANYWHERE);

/** Commands that look into people's lives: only where the configuration names them. */
const OPT_IN: ReadonlySet<string> = new Set([
  "calendar.add",
  "camera.clip",
  "camera.ptz.control",
  "camera.snap",
  "contacts.add",
  "health.summary",
  "reminders.add",
  "screen.record",
  "sms.search",
  "sms.send",
]);

/** Commands that reach the node's shell, files or browser: only administrators approve them. */
const ADMIN_APPROVED: ReadonlySet<string> = new Set([
  "browser.proxy",
  "browser.proxy.upload.v1",
  "fs.listDir",
  "system.execApprovals.get",
  "system.execApprovals.set",
  "system.run",
  "system.run.prepare",
  "system.which",
]);

/** `gateway.nodes.commands`. */
export interface CommandPolicy {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
}

const NAME_OF_SYSTEM: ReadonlyMap<string, string> = new Map([
  ["darwin", "macos"],
  ["win32", "windows"],
]);

/** How systems are called in the tables: apps append their version, Node.js has names of its own. */
export function platformOf(text: string): string {
  const [word = ""] = text.trim().toLowerCase().split(/[\s/]/);
  return NAME_OF_SYSTEM.get(word) ?? word;
}

export function isCommandAllowed(command: string, platform: string, policy: CommandPolicy): boolean {
  if (policy.deny?.includes(command) === true) return false;
  if (policy.allow?.includes(command) === true) return true;
  return (ALLOWED.get(platformOf(platform)) ?? ALLOWED_ELSEWHERE).has(command);
}

/** Whether a command may be sent to a node that offers these. */
export function isCommandUsable(
  command: string,
  offered: readonly string[],
  platform: string,
  policy: CommandPolicy,
): boolean {
  if (!isCommandAllowed(command, platform, policy)) return false;
  return offered.includes(command) || !OF_HOSTS.has(command) || policy.allow?.includes(command) === true;
}

/** Commands with a way of their own to a node, and what it is. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["agent.cli.claude.run.v1", "Claude agent runs; use sessions.catalog.continue"],
  ["system.execApprovals.get", "system.execApprovals.*; use exec.approvals.node.*"],
  ["system.execApprovals.set", "system.execApprovals.*; use exec.approvals.node.*"],
]);

/** Why a command cannot be relayed by a plain call, whichever node is meant. */
export function relayRefusal(command: string): string | undefined {
  const way = ELSEWHERE.get(command);
  return way === undefined ? undefined : `node.invoke does not allow ${way}`;
}

/** Why a command is not allowed, in the words that clients see. */
export function commandRefusal(command: string, platform: string, policy: CommandPolicy): string {
  const quoted = JSON.stringify(command);
  if (policy.deny?.includes(command) === true) return `${quoted} is denied by gateway.nodes.commands.deny`;
  if (OPT_IN.has(command)) return `${quoted} requires explicit gateway.nodes.commands.allow opt-in`;
  if (command.startsWith("talk.")) return `${quoted} requires a trusted Talk-capable node`;
  return `${quoted} is not in the allowlist for platform "${platform}"`;
}

/** The scopes that approving a surface takes. */
export function approvalScopes(commands: readonly string[]): readonly string[] {
  if (commands.length === 0) return ["operator.pairing"];
  const needsAdmin = commands.some((command) => ADMIN_APPROVED.has(command));
  return ["operator.pairing", needsAdmin ? "operator.admin" : "operator.write"];
}
