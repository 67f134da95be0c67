import { stat } from "node:fs/promises";
import { commandsList } from "../../../schemas/methods/commands/list.ts";
import { normalId } from "../../domain/agents/index.ts";
import { listCommands } from "../../domain/commands/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";
import { mustHaveSession } from "../target.ts";

export default [
  method(commandsList, async ({ params, deps }) => {
    const { agentId, sessionKey, scope = "both", includeArgs = true } = params;
    const agent = deps.agents.get(normalId(agentId) ?? deps.agents.defaultId);
    if (agent === undefined && agentId !== undefined) throw invalidRequest(`unknown agent id "${agentId}"`);
    if (sessionKey !== undefined)
      await mustHaveSession(deps.sessions, sessionKey, agentId ?? deps.agents.defaultId);
    // compat(commands/list): an agent that has never worked, and so has no workspace, shows no skills here.
    const hasWorkspace = agent !== undefined && (await isFolder(agent.workspace));
    const all = await listCommands(deps.skills, hasWorkspace ? agent : undefined);
    const commands = all.filter((one) => scope !== "native" || one.nativeName !== undefined);
    return {
      commands: includeArgs ? commands : commands.map(({ args: _args, ...rest }) => rest),
    };
  }),
] satisfies Method[];

async function isFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found?.isDirectory() === true;
}
