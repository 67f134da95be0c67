import { commandsList } from "../../../schemas/methods/commands/list.ts";
import { listCommands } from "../../domain/commands/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(commandsList, async ({ params, deps }) => {
    const { agentId, sessionKey, scope = "both", includeArgs = true } = params;
    if (agentId !== undefined && deps.agents.get(agentId) === undefined) {
      throw invalidRequest(`unknown agent id "${agentId}"`);
    }
    const named = sessionKey === undefined ? undefined : deps.sessions.agentOf(sessionKey);
    const agent = deps.agents.get(agentId ?? named ?? deps.agents.defaultId);
    const all = await listCommands(deps.skills, agent);
    const commands = all.filter((one) => scope !== "native" || one.nativeName !== undefined);
    return {
      commands: includeArgs ? commands : commands.map(({ args: _args, ...rest }) => rest),
    };
  }),
] satisfies Method[];
