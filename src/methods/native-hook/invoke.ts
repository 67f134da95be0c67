import { nativeHookInvoke } from "../../../schemas/methods/native-hook/invoke.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** What an outside agent may report from its own hooks. */
const EVENTS: readonly unknown[] = [
  "pre_tool_use",
  "post_tool_use",
  "permission_request",
  "before_agent_finalize",
];

/** A relay is opened by a run of an outside agent. No such agent runs here, so none is ever open. */
export default [
  method(nativeHookInvoke, ({ params }) => {
    const { provider, relayId, event } = (params ?? {}) as Partial<Record<string, unknown>>;
    if (provider !== "codex") throw invalidRequest("unsupported native hook relay provider");
    if (typeof relayId !== "string" || relayId.trim() === "") {
      throw invalidRequest("native hook relay relayId is required");
    }
    if (!EVENTS.includes(event)) throw invalidRequest("unsupported native hook relay event");
    throw invalidRequest("native hook relay not found");
  }),
] satisfies Method[];
