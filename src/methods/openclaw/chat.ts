import {
  openclawChangesList,
  openclawChat,
  openclawChatHistory,
} from "../../../schemas/methods/openclaw/chat.ts";
import { type Method, method } from "../method.ts";

export default [
  {
    ...method(openclawChat, async ({ params, caller, deps, signal }) => {
      const owner = caller.deviceId ?? caller.connId;
      return await deps.assistant.chat({ ...params, owner }, signal);
    }),
    prepare: withoutContext,
  },
  method(openclawChatHistory, async ({ params, deps }) => ({
    turns: [...(await deps.assistant.history(params.limit ?? 100))],
  })),
  method(openclawChangesList, async ({ params, deps }) =>
    deps.changes.list(params.limit ?? 50, params.beforeCursor),
  ),
] satisfies Method[];

/** What the page is about is a hint and never refused: the reference drops what it cannot read, and we read none. */
function withoutContext(params: unknown): unknown {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return params;
  const { context: _, ...rest } = params as { readonly context?: unknown };
  return rest;
}
