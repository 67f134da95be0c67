import { POLICY } from "../../schemas/policy.ts";
import type { Exchange } from "../transport/exchange.ts";
import { targetOf } from "./agent-target.ts";
import { isMethodWrong, isRecord, kindOf, readJson, refuse, wrongKind } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { wrongCount, wrongOption } from "./chat-body.ts";
import type { ApiParts } from "./parts.ts";

/** `POST /v1/embeddings`. Everything is looked at; there is no provider of embeddings that could answer. */
export function createEmbeddings(parts: ApiParts): (exchange: Exchange) => Promise<void> {
  return async (exchange) => {
    if (isMethodWrong(exchange, "POST") || authorize(exchange, parts.config) === undefined) return;
    const text = await exchange.readBody(POLICY.httpApiBodyBytesMax);
    const parsed = text === undefined ? undefined : readJson(exchange, text);
    if (parsed === undefined) return;
    const { value } = parsed;
    if (!isRecord(value)) {
      return refuse(exchange, 400, `: Invalid input: expected object, received ${kindOf(value)}`);
    }
    const wrong =
      wrongKind("model", value["model"], "string") ??
      (isInput(value["input"]) ? undefined : "input: Invalid input") ??
      wrongCount("dimensions", value["dimensions"]) ??
      wrongOption("encoding_format", value["encoding_format"], ["float", "base64"]);
    if (wrong !== undefined) return refuse(exchange, 400, wrong);
    const model = typeof value["model"] === "string" ? value["model"].trim() : "";
    if (model === "") return refuse(exchange, 400, "Missing `model`.");
    if (value["input"] === undefined) {
      return refuse(exchange, 400, "`input` must be a string or an array of strings.");
    }
    if ([value["input"]].flat().every((text) => text === "")) {
      return refuse(exchange, 400, "`input` must contain at least one non-empty string.");
    }
    const query = { model, user: undefined, prefix: "openai", fresh: () => parts.ids.uuid() };
    const target = targetOf(exchange, query, parts);
    if ("refused" in target) return refuse(exchange, 400, target.refused);
    exchange.json(500, { error: { message: "internal error", type: "api_error" } });
  };
}

function isInput(input: unknown): boolean {
  if (input === undefined || typeof input === "string") return true;
  return Array.isArray(input) && input.every((one) => typeof one === "string");
}
