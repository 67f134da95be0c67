import {
  sessionsDescribe,
  sessionsGet,
  sessionsList,
  sessionsPreview,
  sessionsResolve,
  sessionsSearch,
} from "../../../schemas/methods/sessions/list.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const MESSAGES_DEFAULT = 200;

export default [
  method(sessionsList, async ({ params, caller, deps }) => {
    return await deps.sessions.listing.listText(params, caller);
  }),
  method(sessionsDescribe, async ({ params, caller, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    return { session: await deps.sessions.listing.describe(key, params, caller) };
  }),
  method(sessionsResolve, async ({ params, deps }) => {
    return await deps.sessions.listing.resolve(params);
  }),
  method(sessionsPreview, async ({ params, deps }) => {
    const previews = await deps.sessions.listing.preview(params.keys, params);
    return { ts: deps.clock.now(), previews };
  }),
  method(sessionsGet, async ({ params, deps }) => {
    const reference = params["key"] ?? params["sessionKey"];
    if (reference === undefined || reference === "") throw invalidRequest("key required");
    const key = deps.sessions.canonicalKey(String(reference));
    const limit =
      typeof params["limit"] === "number" ? Math.max(1, Math.floor(params["limit"])) : MESSAGES_DEFAULT;
    const entry = await deps.sessions.get(key);
    if (entry === undefined) return { messages: [] };
    const page = await deps.sessions.history(key, { limit });
    return { messages: page.records.map((record) => deps.sessions.toWireMessage(entry, record)) };
  }),
  method(sessionsSearch, async ({ params, caller, deps }) => {
    if (params.query.trim() === "") throw invalidRequest("query must not be empty");
    return await deps.sessions.listing.search(params, caller);
  }),
] satisfies Method[];
