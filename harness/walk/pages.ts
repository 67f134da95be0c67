import type { Stop, Tour } from "./stop.ts";

/** Every page an operator can get to from the sidebar, by its own address. */
const PATHS: Readonly<Record<string, string>> = {
  home: "/",
  chat: "/chat/main",
  "new-session": "/new",
  agents: "/agents",
  sessions: "/sessions",
  usage: "/usage",
  automations: "/automations",
  tasks: "/tasks",
  skills: "/skills",
  "skill-workshop": "/skills/workshop",
  plugins: "/plugins",
  systems: "/systems",
  activity: "/activity",
  dashboards: "/dashboards",
  worktrees: "/worktrees",
  logs: "/logs",
  debug: "/debug",
  custodian: "/custodian",
  "settings/general": "/settings/general",
  "settings/connection": "/settings/connection",
  "settings/channels": "/settings/channels",
  "settings/communications": "/settings/communications",
  "settings/agents": "/settings/agents",
  "settings/model-providers": "/settings/model-providers",
  "settings/automation": "/settings/automation",
  "settings/plugins": "/settings/plugins",
  "settings/skills": "/settings/skills",
  "settings/mcp": "/settings/mcp",
  "settings/memory": "/settings/memory",
  "settings/search": "/settings/search",
  "settings/talk": "/settings/talk",
  "settings/devices": "/settings/devices",
  "settings/approvals": "/settings/approvals",
  "settings/secrets": "/settings/secrets",
  "settings/security": "/settings/security",
  "settings/infrastructure": "/settings/infrastructure",
  "settings/advanced": "/settings/advanced",
  "settings/updates": "/settings/updates",
  "settings/profile": "/settings/profile",
  "settings/about": "/settings/about",
};

export const PAGES: readonly Stop[] = Object.entries(PATHS).map(([name, path]) => ({
  name,
  reach: (tour) => visit(tour, path),
}));

/** A page may count for longer than it asks for anything. */
async function visit(tour: Tour, path: string): Promise<void> {
  await tour.open(path);
  await tour.page.getByText("Loading", { exact: true }).first().waitFor({ state: "hidden" });
  await tour.settled();
}

/** The same pages again, once there is something to see on them. */
export const AFTERWARDS: readonly Stop[] = [
  "home",
  "agents",
  "sessions",
  "usage",
  "automations",
  "tasks",
  "activity",
].map((name) => ({ name: `afterwards/${name}`, reach: (tour) => visit(tour, PATHS[name] ?? "/") }));
