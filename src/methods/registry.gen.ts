// Written by `npm run generate` from the topics beside it. Do not edit.
import type { Method } from "./method.ts";

/** Wire name to the topic that answers it; a topic is loaded when one of its methods is first called. */
export const TOPICS: Readonly<Record<string, () => Promise<{ default: readonly Method[] }>>> = {
  health: () => import("./health/health.ts"),
  status: () => import("./status/status.ts"),
  "sessions.list": () => import("./sessions/list.ts"),
  "sessions.subscribe": () => import("./sessions/subscribe.ts"),
  "sessions.messages.subscribe": () => import("./sessions/subscribe.ts"),
  "sessions.messages.unsubscribe": () => import("./sessions/subscribe.ts"),
  "sessions.viewers.set": () => import("./sessions/subscribe.ts"),
  "sessions.preview": () => import("./sessions/list.ts"),
  "sessions.describe": () => import("./sessions/list.ts"),
  "sessions.branches.list": () => import("./sessions/branches.ts"),
  "sessions.branches.switch": () => import("./sessions/branches.ts"),
  "sessions.rewind": () => import("./sessions/branches.ts"),
  "sessions.fork": () => import("./sessions/branches.ts"),
  "sessions.create": () => import("./sessions/lifecycle.ts"),
  "sessions.send": () => import("./sessions/runs.ts"),
  "sessions.abort": () => import("./sessions/runs.ts"),
  "sessions.patch": () => import("./sessions/patch.ts"),
  "sessions.cleanup": () => import("./sessions/lifecycle.ts"),
  "sessions.reset": () => import("./sessions/lifecycle.ts"),
  "sessions.delete": () => import("./sessions/lifecycle.ts"),
  "sessions.compact": () => import("./sessions/lifecycle.ts"),
  "sessions.groups.list": () => import("./sessions/groups.ts"),
  "sessions.groups.defaults": () => import("./sessions/groups.ts"),
  "sessions.groups.put": () => import("./sessions/groups.ts"),
  "sessions.groups.rename": () => import("./sessions/groups.ts"),
  "sessions.groups.update": () => import("./sessions/groups.ts"),
  "sessions.groups.delete": () => import("./sessions/groups.ts"),
  "system-presence": () => import("./system-presence/system-presence.ts"),
  agent: () => import("./agent/run.ts"),
  "agent.wait": () => import("./agent/run.ts"),
  "chat.history": () => import("./chat/history.ts"),
  "chat.message.get": () => import("./chat/history.ts"),
  "chat.abort": () => import("./chat/abort.ts"),
  "chat.send": () => import("./chat/send.ts"),
  "sessions.search": () => import("./sessions/list.ts"),
  "sessions.patchMany": () => import("./sessions/patch.ts"),
  "sessions.get": () => import("./sessions/list.ts"),
  "sessions.resolve": () => import("./sessions/list.ts"),
  "chat.inject": () => import("./chat/abort.ts"),
};

/** Methods that are answered and not advertised in `hello-ok`, as on the reference. */
export const HIDDEN: ReadonlySet<string> = new Set<string>(["sessions.get", "sessions.resolve", "chat.inject"]);
