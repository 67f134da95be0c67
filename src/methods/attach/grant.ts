import { attachGrant, attachRevoke } from "../../../schemas/methods/attach/grant.ts";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  // What is no text, or no time that makes sense, counts as not said.
  method(attachGrant, async ({ params, deps }) => {
    const { sessionKey: reference, agentId, ttlMs } = params;
    if (typeof agentId === "string" && deps.agents.get(agentId) === undefined)
      throw invalidRequest(`Unknown agent id "${agentId}"`);
    const key = deps.sessions.keyFor(
      typeof reference === "string" && reference.trim() !== "" ? reference : "main",
      typeof agentId === "string" ? agentId : undefined,
    );
    const isTime = typeof ttlMs === "number" && Number.isFinite(ttlMs) && ttlMs > 0;
    const grant = await deps.grants.issue({
      sessionKey: key,
      agentId: deps.sessions.agentOf(key),
      ttlMs: Math.min(isTime ? ttlMs : POLICY.grantMs, POLICY.grantMsMax),
    });
    return {
      sessionKey: key,
      token: grant.token,
      expiresAtMs: grant.expiresAtMs,
      mcpConfig: {
        mcpServers: {
          openclaw: {
            type: "http",
            url: grant.url,
            alwaysLoad: true,
            // The token stays out of the file that this is written to.
            headers: { Authorization: "Bearer ${OPENCLAW_MCP_TOKEN}" },
          },
        },
      },
      env: { OPENCLAW_MCP_TOKEN: grant.token },
    };
  }),
  method(attachRevoke, ({ params: { token }, deps }) => {
    if (typeof token !== "string" || token.trim() === "") throw invalidRequest("token is required");
    return { revoked: deps.grants.revoke(token) };
  }),
] satisfies Method[];
