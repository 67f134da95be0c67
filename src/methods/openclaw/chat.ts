import {
  openclawChangesList,
  openclawChat,
  openclawChatHistory,
} from "../../../schemas/methods/openclaw/chat.ts";
import { type Method, method } from "../method.ts";

export default [
  method(openclawChat, async ({ params, caller, deps, signal }) => {
    const owner = caller.deviceId ?? caller.connId;
    return await deps.assistant.chat({ ...params, owner }, signal);
  }),
  method(openclawChatHistory, async ({ params, deps }) => ({
    turns: [...(await deps.assistant.history(params.limit ?? 100))],
  })),
  method(openclawChangesList, async ({ params, deps }) =>
    deps.changes.list(params.limit ?? 50, params.beforeCursor),
  ),
] satisfies Method[];
