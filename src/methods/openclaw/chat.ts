import {
  openclawChangesList,
  openclawChat,
  openclawChatHistory,
} from "../../../schemas/methods/openclaw/chat.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(openclawChat, async ({ params, caller, deps, signal }) => {
    const owner = caller.deviceId ?? caller.connId;
    return await deps.assistant.chat({ ...params, owner }, signal);
  }),
  method(openclawChatHistory, async ({ params, deps }) => ({
    turns: [...(await deps.assistant.history(params.limit ?? 100))],
  })),
  /** The assistant changes nothing by itself, so there is no change of its that could be listed, and no place in one. */
  method(openclawChangesList, ({ params }) => {
    if (params.beforeCursor !== undefined) throw invalidRequest("invalid change-history cursor");
    return { entries: [] };
  }),
] satisfies Method[];
