import { createHistory } from "../domain/chat/index.ts";
import type { Exchange } from "../transport/exchange.ts";
import { isMethodWrong, isRecord, refuse } from "./answers.ts";
import { authorize, bearerOf, type Requester } from "./authorize.ts";
import { decoded } from "./models.ts";
import type { ApiParts } from "./parts.ts";

const PATH = /^\/sessions\/([^/]+)\/(history|kill)$/;
const LIMIT_MAX = 1_000;
const ADMIN = "operator.admin";

/** `GET /sessions/<key>/history` and `POST /sessions/<key>/kill`; undefined for every other path. */
export function sessionRoute(
  path: string,
  parts: ApiParts,
): ((exchange: Exchange) => Promise<void>) | undefined {
  const [, encoded = "", what] = PATH.exec(path) ?? [];
  if (what === undefined) return undefined;
  return async (exchange) => {
    const key = decoded(encoded)?.trim() ?? "";
    if (key === "") return refuse(exchange, 400, "invalid session key");
    return what === "kill" ? kill(exchange, key, parts) : history(exchange, key, parts);
  };
}

async function history(exchange: Exchange, asked: string, parts: ApiParts): Promise<void> {
  if (isMethodWrong(exchange, "GET")) return;
  const requester = authorize(exchange, parts.config);
  if (requester === undefined) return;
  if (!allows(requester, "operator.read")) return forbid(exchange, "operator.read");
  const key = parts.sessions.canonicalKey(asked);
  const limit = wholeNumber(exchange.query.get("limit"));
  if (limit === "wrong") return refuse(exchange, 400, "limit must be a positive integer");
  const cursor = wholeNumber(exchange.query.get("cursor")?.replace(/^seq:/, "") || null);
  if (cursor === "wrong") return refuse(exchange, 400, "cursor must be a positive integer");
  if ((await parts.sessions.get(key)) === undefined) return notFound(exchange, asked);
  exchange.json(200, await pageOf(key, limit, cursor, requester, parts));
}

/** The newest messages before the cursor, oldest first; the cursor of the next page is the first one's number. */
async function pageOf(
  sessionKey: string,
  limit: number | undefined,
  cursor: number | undefined,
  requester: Requester,
  parts: ApiParts,
) {
  const { messages } = await createHistory(parts).read(
    { sessionKey, limit: LIMIT_MAX },
    { scopes: requester.scopes },
  );
  const all = (Array.isArray(messages) ? messages : []).filter(isRecord);
  const before = cursor === undefined ? all : all.filter((message) => seqOf(message) < cursor);
  const items = limit === undefined ? before : before.slice(-limit);
  const hasMore = items.length < before.length;
  const [first] = items;
  return {
    sessionKey,
    items,
    messages: items,
    hasMore,
    ...(hasMore && first !== undefined ? { nextCursor: String(seqOf(first)) } : {}),
  };
}

function seqOf(message: Readonly<Record<string, unknown>>): number {
  const marks = message["__openclaw"];
  const seq = isRecord(marks) ? marks["seq"] : undefined;
  return typeof seq === "number" ? seq : 0;
}

/**
 * Ends the active run of a session. The gateway's own secret does not suffice: it proves no identity that could be
 * held to it, so the operator token of a paired device with full rights has to be shown.
 */
async function kill(exchange: Exchange, asked: string, parts: ApiParts): Promise<void> {
  if (isMethodWrong(exchange, "POST")) return;
  const bearer = bearerOf(exchange);
  const scopes = bearer === undefined ? undefined : parts.devices.operatorScopes(bearer);
  if (scopes === undefined && authorize(exchange, parts.config) === undefined) return;
  if (scopes === undefined || !scopes.includes(ADMIN)) return forbid(exchange, ADMIN);
  const key = parts.sessions.canonicalKey(asked);
  if ((await parts.sessions.get(key)) === undefined) return notFound(exchange, asked);
  const killed = await parts.runs.abort(key, undefined, "killed");
  exchange.json(200, { ok: true, killed: killed.length > 0 });
}

function allows(requester: Requester, scope: string): boolean {
  return requester.isOwner || requester.scopes.includes(scope);
}

function forbid(exchange: Exchange, scope: string): void {
  const details = { code: "MISSING_SCOPE", missingScope: scope, requiredScopes: [scope] };
  exchange.json(403, {
    ok: false,
    error: { type: "forbidden", message: `missing scope: ${scope}`, details },
  });
}

function notFound(exchange: Exchange, key: string): void {
  exchange.json(404, { ok: false, error: { type: "not_found", message: `Session not found: ${key}` } });
}

function wholeNumber(text: string | null): number | undefined | "wrong" {
  if (text === null) return undefined;
  const value = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0 ? value : "wrong";
}
