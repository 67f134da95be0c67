import { userInfo } from "node:os";
import path from "node:path";
import { POLICY } from "../schemas/policy.ts";
import { runGit } from "./adapters/git/run.ts";
import { createShells } from "./adapters/terminals/shells.ts";
import { createStaging } from "./adapters/terminals/staging.ts";
import type { Conversation } from "./conversation.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createGrants, type GrantedTools, type Grants, type ToolServer } from "./domain/grants/index.ts";
import { createProjects, type Projects } from "./domain/projects/index.ts";
import { createTerminals, type TerminalSettings, type Terminals } from "./domain/terminals/index.ts";
import { callableTools, callTool } from "./domain/tools/call.ts";
import { createWorktrees, type Worktrees } from "./domain/worktrees/index.ts";
import type { FanOut } from "./events/fan-out.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";

export interface Workbench {
  readonly grants: Grants;
  readonly projects: Projects;
  readonly terminals: Terminals;
  readonly worktrees: Worktrees;
}

/** Puts together what an operator works on this machine with. */
export function composeWorkbench(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: FanOut;
  readonly database: Database;
  readonly conversation: Conversation;
}): Workbench {
  const { config, clock, ids, events } = parts;
  const documents = createDocuments(parts.database);
  const terminals = createTerminals({
    ...parts,
    shells: createShells(() => process.env),
    staging: createStaging(clock),
    settings: () => terminalSettings(config),
  });
  events.overhear(
    "sessions.changed",
    (payload) => {
      const key: unknown = Reflect.get(Object(payload), "sessionKey");
      const reason: unknown = Reflect.get(Object(payload), "reason");
      if (typeof key === "string" && (reason === "delete" || isArchived(payload))) terminals.endSession(key);
    },
    () => terminals.list().length > 0,
  );
  config.onChange(() => terminals.settle());
  return {
    terminals,
    grants: createGrants({ server: lazyToolServer, tools: grantedTools(parts), clock, ids }),
    projects: createProjects({
      documents,
      git: runGit,
      root: () => path.join(config.stateDir, "projects"),
    }),
    worktrees: createWorktrees({ documents, git: runGit, clock, ids, root: () => worktreeRoot(config) }),
  };
}

function isArchived(payload: unknown): boolean {
  return Reflect.get(Object(payload), "archived") === true;
}

/** `gateway.terminal`: on unless it is switched off, with the shell of whoever runs the gateway. */
function terminalSettings(config: ConfigSource): TerminalSettings {
  const settings: unknown = config.current().gateway["terminal"];
  const member = (name: string): unknown => Reflect.get(Object(settings), name);
  const shell = member("shell");
  const seconds = member("detachedSessionTimeoutSeconds");
  return {
    isEnabled: member("enabled") !== false,
    shell: typeof shell === "string" && shell !== "" ? shell : ownShell(),
    detachedMs: typeof seconds === "number" ? seconds * 1_000 : POLICY.terminalDetachedMs,
  };
}

function ownShell(): string {
  if (process.platform === "win32") return process.env["ComSpec"] ?? "cmd.exe";
  return process.env["SHELL"] ?? userInfo().shell ?? "/bin/sh";
}

/** `worktreeRoot`, or a folder beside the state. */
function worktreeRoot(config: ConfigSource): string {
  const given = config.snapshot().source["worktreeRoot"];
  return typeof given === "string" && path.isAbsolute(given)
    ? given
    : path.join(config.stateDir, "worktrees");
}

/** Loaded with the first grant: most gateways give none. */
const lazyToolServer: ToolServer = {
  async open(find, tools) {
    const { mcpServer } = await import("./adapters/mcp-server/index.ts");
    return mcpServer.open(find, tools);
  },
};

/** Whoever may give a grant may do everything, and so may the program that it is given to. */
function grantedTools({ conversation, ids }: { conversation: Conversation; ids: Ids }): GrantedTools {
  const { toolbox, agents } = conversation;
  return {
    async list(grant) {
      const tools = await callableTools(toolbox, { ...grant, isOwner: true });
      return tools.map(({ name, description, parameters }) => ({
        name,
        description,
        inputSchema: parameters,
      }));
    },
    async call(grant, call) {
      const outcome = await callTool({ toolbox, agents, ids }, { ...grant, isOwner: true }, call);
      if (outcome.kind === "done") return { text: outcome.text, isError: false };
      const text = outcome.kind === "missing" ? `Tool not available: ${call.name}` : outcome.message;
      return { text, isError: true };
    },
  };
}
