import { ProtocolError } from "../errors/protocol-error.ts";
import type { Exchange } from "../transport/exchange.ts";
import { refuse } from "./answers.ts";
import { createChatCompletions } from "./chat-completions.ts";
import { createEmbeddings } from "./embeddings.ts";
import { createHooks } from "./hooks/index.ts";
import { joinRoute } from "./join.ts";
import { createModelsApi } from "./models.ts";
import type { ApiParts } from "./parts.ts";
import { createResponses } from "./responses.ts";
import { createRunOnce } from "./run-once.ts";
import { sessionRoute } from "./session-routes.ts";
import { createToolsInvoke } from "./tools-invoke.ts";

export type { ApiParts, ToolAnswer, ToolCall } from "./parts.ts";

/** Answers one request. It does not reject. */
export type Route = (exchange: Exchange) => void;

/** The HTTP API by path; undefined where a path is none of its business. What is switched off is not there. */
export function createHttpApi(parts: ApiParts): (path: string) => Route | undefined {
  const runOnce = createRunOnce(parts);
  const chat = createChatCompletions(parts, runOnce);
  const responses = createResponses(parts, runOnce);
  const models = createModelsApi(parts);
  const embeddings = createEmbeddings(parts);
  const hooks = createHooks(parts);
  const tools = createToolsInvoke(parts);

  function find(path: string): ((exchange: Exchange) => Promise<void>) | undefined {
    if (path === "/tools/invoke") return tools;
    if (path.startsWith("/v1/")) return openAi(path);
    return hooks(path) ?? sessionRoute(path, parts) ?? joinRoute(path, parts.devices.setups);
  }

  function openAi(path: string): ((exchange: Exchange) => Promise<void>) | undefined {
    const { chatCompletions, responses: responding } = parts.config.current().gateway.http.endpoints;
    if (path === "/v1/chat/completions") return chatCompletions.enabled ? chat : undefined;
    if (path === "/v1/responses") return responding.enabled ? responses : undefined;
    if (!chatCompletions.enabled && !responding.enabled) return undefined;
    if (path === "/v1/models" || path.startsWith("/v1/models/")) return models;
    return path === "/v1/embeddings" ? embeddings : undefined;
  }

  return (path) => {
    const route = find(path);
    if (route === undefined) return undefined;
    return (exchange) => {
      route(exchange).catch((thrown: unknown) => {
        if (thrown instanceof ProtocolError) return refuse(exchange, 400, thrown.message);
        if (!exchange.signal.aborted) parts.log.error({ err: thrown, path }, "an HTTP request failed");
        exchange.json(500, { error: { message: "internal error", type: "api_error" } });
      });
    };
  };
}
