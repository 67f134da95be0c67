import { shapeOf } from "../shape/shape.ts";
import type { Facts, RealClient } from "./client.ts";
import { openBridge } from "./stdio.ts";

/** An editor that talks to an agent over the Agent Client Protocol: a session, a prompt, the answer in pieces. */
export const acpBridge: RealClient = {
  name: "openclaw acp",
  async run(place): Promise<Facts> {
    const { url, token } = place.gateway;
    await using bridge = openBridge(place, ["acp", "--url", url, "--token", token]);
    const hello = await bridge.call("initialize", { protocolVersion: 1, clientCapabilities: {} });
    const session = await bridge.call("session/new", { cwd: place.home, mcpServers: [] });
    const sessionId = session.result?.["sessionId"];
    const prompt = [{ type: "text", text: "hi from the editor" }];
    const end = await bridge.call("session/prompt", { sessionId, prompt });
    const listed = await bridge.call("session/list", {});
    const updates = bridge.notices.flatMap(({ params }) => {
      const update = params?.["update"] as
        | { sessionUpdate?: string; content?: { text?: string } }
        | undefined;
      return update === undefined ? [] : [update];
    });
    return {
      hello: shapeOf(hello.result),
      session: shapeOf(Object.keys(session.result ?? {}).sort()),
      end: end.result ?? end.error,
      said: updates
        .filter(({ sessionUpdate }) => sessionUpdate === "agent_message_chunk")
        .map(({ content }) => content?.text ?? "")
        .join(""),
      told: [...new Set(updates.map(({ sessionUpdate }) => sessionUpdate))].sort(),
      listed: Object.keys(listed.result ?? listed.error ?? {}).sort(),
    };
  },
};

/** An agent of another make that reads conversations through the Model Context Protocol. */
export const mcpServer: RealClient = {
  name: "openclaw mcp serve",
  async run(place): Promise<Facts> {
    const { url, token } = place.gateway;
    await using bridge = openBridge(place, ["mcp", "serve", "--url", url, "--token", token]);
    const hello = await bridge.call("initialize", {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "referee", version: "1" },
    });
    bridge.tell("notifications/initialized");
    const { result: tools } = await bridge.call("tools/list", {});
    const use = async (name: string, input: object): Promise<unknown> => {
      const { result, error } = await bridge.call("tools/call", { name, arguments: input });
      return (
        error ?? { isError: result?.["isError"] ?? false, shape: shapeOf(result?.["structuredContent"]) }
      );
    };
    return {
      capabilities: hello.result?.["capabilities"],
      tools: (tools?.["tools"] as { name: string }[] | undefined)?.map(({ name }) => name).sort(),
      conversations: await use("conversations_list", {}),
      absent: await use("conversation_get", { session_key: "agent:main:absent" }),
      pending: await use("permissions_list_open", {}),
      events: await use("events_poll", {}),
    };
  },
};
