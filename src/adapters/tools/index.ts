import type { ConfigSource } from "../../domain/config/index.ts";
import type { Tool, Toolbox } from "../../domain/runs/index.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { isAllowed, type ToolPolicy } from "./policy.ts";

export interface ToolboxOptions {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * The tools of the gateway, loaded when the first turn asks for them; what an agent may use is the configuration's
 * word.
 */
export function createToolbox(options: ToolboxOptions): { readonly toolbox: Toolbox; close(): void } {
  let loaded: Promise<{ tools: readonly Tool[]; close(): void }> | undefined;

  async function load() {
    const [{ applyPatchTool }, { editTool }, exec, { lsTool }, { readTool }, { writeTool }] =
      await Promise.all([
        import("./apply-patch/index.ts"),
        import("./edit/index.ts"),
        import("./exec/index.ts"),
        import("./ls/index.ts"),
        import("./read/index.ts"),
        import("./write/index.ts"),
      ]);
    const processes = exec.createProcesses(options.clock, () => options.ids.token(6));
    const parts = { processes, clock: options.clock };
    const tools = [
      applyPatchTool(),
      editTool(),
      exec.execTool(parts),
      lsTool(),
      exec.processTool(parts),
      readTool(),
      writeTool(),
    ];
    return { tools, close: () => processes.close() };
  }

  return {
    toolbox: async (agentId) => {
      loaded ??= load();
      const { tools } = await loaded;
      const { agents, tools: general } = options.config.current();
      const own = agents.entries.find((entry) => entry.id === agentId)?.tools;
      // Both are JSON of the configuration; the policy looks at each member before it uses it.
      const policies: ToolPolicy[] = own === undefined ? [general] : [general, own];
      return tools.filter((tool) => policies.every((policy) => isAllowed(tool.name, policy)));
    },
    close: () => void loaded?.then(({ close }) => close()),
  };
}
