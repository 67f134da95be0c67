import type { Agents } from "../../domain/agents/index.ts";
import type { Permit } from "../../domain/approvals/index.ts";
import { createHistory } from "../../domain/chat/index.ts";
import type { ConfigSource } from "../../domain/config/index.ts";
import type { Runs, Tool, Toolbox } from "../../domain/runs/index.ts";
import type { Sessions } from "../../domain/sessions/index.ts";
import type { Subagents } from "../../domain/subagents/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { clientTool } from "./client-tool.ts";
import { isAllowed, type ToolPolicy } from "./policy.ts";

export interface ToolboxOptions {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly permit: Permit;
  /** Whether nothing may be changed from within a session: neither files nor anything by a command. */
  readonly isReadOnly: (sessionKey: string) => Promise<boolean>;
  /** What tools about sessions and the gateway work with; asked for when the first turn begins. */
  readonly nouns: () => ToolNouns;
}

export interface ToolNouns {
  readonly sessions: Sessions;
  readonly runs: Runs;
  readonly agents: Agents;
  readonly subagents: Subagents;
}

/** Tools for those who may do everything. */
const FOR_OWNERS = new Set(["openclaw"]);

/** Tools for models that are shown pictures. */
const FOR_SEEING = new Set(["view_image"]);

const CHANGING = new Set(["apply_patch", "edit", "exec", "process", "write"]);

/**
 * The tools of the gateway, loaded when the first turn asks for them; what an agent may use is the configuration's
 * word.
 */
export function createToolbox(options: ToolboxOptions): { readonly toolbox: Toolbox; close(): void } {
  let loaded: ReturnType<typeof load> | undefined;

  async function load() {
    const [
      { applyPatchTool },
      { editTool },
      exec,
      { lsTool },
      { readTool },
      { viewImageTool },
      { writeTool },
      { sessionTools, systemTool, yieldTool },
      { directoryTools, createDirectory },
    ] = await Promise.all([
      import("./apply-patch/index.ts"),
      import("./edit/index.ts"),
      import("./exec/index.ts"),
      import("./ls/index.ts"),
      import("./read/index.ts"),
      import("./view-image/index.ts"),
      import("./write/index.ts"),
      import("./sessions/index.ts"),
      import("./deferred/index.ts"),
    ]);
    const processes = exec.createProcesses(options.clock, () => options.ids.token(6));
    const parts = { processes, clock: options.clock, permit: options.permit };
    const tools = [
      applyPatchTool(),
      editTool(),
      exec.execTool(parts),
      lsTool(),
      exec.processTool(parts),
      readTool(),
      viewImageTool(),
      writeTool(),
    ];
    const guarded = tools.map((tool) =>
      CHANGING.has(tool.name) ? unlessReadOnly(tool, options.isReadOnly) : tool,
    );
    const { config, clock, ids } = options;
    const nouns = options.nouns();
    const history = createHistory(nouns);
    const defaultModel = () => config.current().agents.defaults.model.primary;
    const place = { configPath: config.path, stateDir: config.stateDir };
    const forTurns = [systemTool({ ...nouns, clock, ids, place }), yieldTool(nouns)];
    const deferred = sessionTools({ ...nouns, clock, ids, history, defaultModel });
    return {
      tools: guarded,
      forTurns,
      deferred,
      directoryTools,
      createDirectory,
      close: () => processes.close(),
    };
  }

  return {
    toolbox: async (agentId, sessionKey, turn) => {
      loaded ??= load();
      const { tools, forTurns, deferred, directoryTools, createDirectory } = await loaded;
      const isReadOnly = sessionKey !== undefined && (await options.isReadOnly(sessionKey));
      const { agents, tools: general } = options.config.current();
      const own = agents.entries.find((entry) => entry.id === agentId)?.tools;
      // Both are JSON of the configuration; the policy looks at each member before it uses it.
      const policies: ToolPolicy[] = own === undefined ? [general] : [general, own];
      const allowed = <One extends Tool>(some: readonly One[]): readonly One[] =>
        some.filter(
          (tool) =>
            policies.every((policy) => isAllowed(tool.name, policy)) &&
            !(isReadOnly && CHANGING.has(tool.name)),
        );
      if (turn === undefined) return allowed(tools);
      const direct = allowed([
        ...tools.filter((tool) => turn.canSee !== false || !FOR_SEEING.has(tool.name)),
        ...forTurns.filter((tool) => turn.isOwner || !FOR_OWNERS.has(tool.name)),
      ]);
      const others = [...allowed(deferred), ...(turn.clientTools ?? []).map(clientTool)];
      const isDirect = turn.isFlat === true || general["toolSearch"] === false;
      const found = isDirect || others.length === 0 ? others : directoryTools(createDirectory(others));
      return [...direct, ...found].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    close: () => void loaded?.then(({ close }) => close()),
  };
}

/** What was offered before the session became read-only is looked at again with each call, and is not there then. */
function unlessReadOnly(tool: Tool, isReadOnly: ToolboxOptions["isReadOnly"]): Tool {
  return {
    ...tool,
    async run(args, context) {
      if (!(await isReadOnly(context.sessionKey))) return tool.run(args, context);
      const text = `Tool ${tool.name} not found`;
      return { text, isError: true, error: text };
    },
  };
}
