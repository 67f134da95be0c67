import { agentIdentityGet } from "../../../schemas/methods/agent/identity.ts";
import { type Method, method } from "../method.ts";
import { mustBelong } from "../target.ts";

/** Clients draw a face of their own where they read this. */
const NO_AVATAR = "A";

export default [
  /** compat(AG10): an agent that is not in the roster has an identity as well. */
  method(agentIdentityGet, ({ params, deps }) => {
    const named = params.sessionKey?.startsWith("agent:") ? params.sessionKey.split(":", 2)[1] : undefined;
    const asked = params.agentId
      ?.trim()
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]+/g, "-");
    mustBelong(deps.sessions, { ...params, ...(asked === undefined ? {} : { agentId: asked }) });
    const agentId = asked ?? named ?? deps.agents.defaultId;
    const agent = deps.agents.get(agentId);
    const { name: given, emoji, avatar } = agent?.identity ?? {};
    // compat(agent/identity): what the roster calls it is no part of its identity.
    const isNamed = typeof given === "string";
    return {
      agentId,
      name: isNamed ? given : "Assistant",
      nameSource: isNamed ? "agent" : "default",
      avatar: [avatar, emoji].find((one) => typeof one === "string") ?? NO_AVATAR,
      ...(typeof emoji === "string" ? { emoji } : {}),
    };
  }),
] satisfies Method[];
