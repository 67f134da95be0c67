import type { Exchange } from "../transport/exchange.ts";
import { namedAgent } from "./agent-target.ts";
import { isMethodWrong, refuse } from "./answers.ts";
import { authorize } from "./authorize.ts";
import type { ApiParts } from "./parts.ts";

const PREFIX = "/v1/models";

/** `GET /v1/models`: the agents, as models. */
export function createModelsApi({ config, agents }: ApiParts): (exchange: Exchange) => Promise<void> {
  const known = () => ["openclaw", "openclaw/default", ...agents.list().map(({ id }) => `openclaw/${id}`)];
  return async (exchange) => {
    if (isMethodWrong(exchange, "GET") || authorize(exchange, config) === undefined) return;
    if (exchange.path === PREFIX) return exchange.json(200, { object: "list", data: known().map(modelRow) });
    const id = decoded(exchange.path.slice(PREFIX.length + 1));
    if (id === undefined) return refuse(exchange, 400, "Invalid model id encoding.");
    if (id === "") return refuse(exchange, 400, "Missing model id.");
    if (typeof namedAgent(id) === "object") return refuse(exchange, 400, "Invalid model id.");
    if (!known().includes(id)) return refuse(exchange, 404, `Model '${id}' not found.`);
    exchange.json(200, modelRow(id));
  };
}

function modelRow(id: string) {
  return { id, object: "model", created: 0, owned_by: "openclaw", permission: [] };
}

export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
