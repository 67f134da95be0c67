import { agentIdentityGet } from "../../../schemas/methods/agent/identity.ts";
import { type Method, method } from "../method.ts";

export default [
  /** compat(AG10): an agent that is not in the roster has an identity as well. */
  method(agentIdentityGet, ({ params, deps }) => {
    const named = params.sessionKey?.startsWith("agent:") ? params.sessionKey.split(":", 2)[1] : undefined;
    const agentId = params.agentId ?? named ?? deps.agents.defaultId;
    const agent = deps.agents.get(agentId);
    const { name: given, emoji, avatar } = agent?.identity ?? {};
    const name = typeof given === "string" ? given : agent?.name;
    return {
      agentId,
      name: name ?? "Assistant",
      nameSource: name === undefined ? "default" : "agent",
      avatar: typeof avatar === "string" ? avatar : (name ?? "Assistant").charAt(0).toUpperCase(),
      ...(typeof emoji === "string" ? { emoji } : {}),
    };
  }),
] satisfies Method[];
