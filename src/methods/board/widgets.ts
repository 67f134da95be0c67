import {
  boardUpdate,
  boardWidgetAppView,
  boardWidgetGrant,
  boardWidgetPut,
} from "../../../schemas/methods/board/widgets.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(boardUpdate, async ({ params, deps }) => ({
    ...(await deps.boards.update(deps.sessions.keyFor(params.sessionKey, params.agentId), params.ops)),
  })),
  method(boardWidgetPut, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { ...(await deps.boards.put(key, params)), resolvedWidgetName: params.name };
  }),
  method(boardWidgetGrant, async ({ params, deps }) => ({
    ...(await deps.boards.grant(deps.sessions.keyFor(params.sessionKey, params.agentId), params)),
  })),
  method(boardWidgetAppView, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    // Apps come from MCP servers, and no widget here is one.
    throw invalidRequest(`board MCP App widget not found: ${params.name}`);
  }),
] satisfies Method[];
