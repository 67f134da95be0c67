import { jsonProblem, parseJson } from "../platform/json.ts";
import type { Exchange } from "../transport/exchange.ts";

/** A refusal as OpenAI's clients read it. */
export function refuse(exchange: Exchange, status: number, message: string, type = INVALID): void {
  exchange.json(status, { error: { message, type } });
}

export const INVALID = "invalid_request_error";

export function unauthorized(exchange: Exchange): void {
  refuse(exchange, 401, "Unauthorized", "unauthorized");
}

/** Answers a request with another method; false when the method is the right one. */
export function isMethodWrong(exchange: Exchange, allowed: string): boolean {
  if (exchange.method === allowed) return false;
  exchange.text(405, "Method Not Allowed", { allow: allowed });
  return true;
}

/** The value in a body, an empty one being `{}`; undefined when it is no JSON and has been answered so. */
export function readJson(exchange: Exchange, body: string): { readonly value: unknown } | undefined {
  const text = body === "" ? "{}" : body;
  const value: unknown = parseJson(text);
  if (value !== undefined) return { value };
  refuse(exchange, 400, jsonProblem(text) ?? "invalid JSON");
  return undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value's kind, in the words of the reference's refusals. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** What is wrong with a member that, where it is there at all, has to be of a kind. */
export function wrongKind(name: string, value: unknown, expected: string): string | undefined {
  if (value === undefined || kindOf(value) === expected) return undefined;
  return `${name}: Invalid input: expected ${expected}, received ${kindOf(value)}`;
}
