import { commandsList } from "../../../schemas/methods/commands/list.ts";
import { COMMANDS } from "../../domain/commands/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(commandsList, ({ params, deps }) => {
    const { agentId, scope = "both", includeArgs = true } = params;
    if (agentId !== undefined && deps.agents.get(agentId) === undefined) {
      throw invalidRequest(`unknown agent id "${agentId}"`);
    }
    const commands = COMMANDS.filter((one) => scope !== "native" || one.nativeName !== undefined);
    return {
      commands: includeArgs ? commands : commands.map(({ args: _args, ...rest }) => rest),
    };
  }),
] satisfies Method[];
