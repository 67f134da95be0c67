import {
  sessionDiscussionInfo,
  sessionDiscussionOpen,
  sessionSuggestionsAdd,
  sessionSuggestionsList,
  sessionSuggestionsResolve,
} from "../../../schemas/methods/session/suggestions.ts";
import type { Suggestion } from "../../domain/sessions/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Caller, type Method, method } from "../method.ts";
import { mustBeThere } from "./sharing.ts";

/** A suggestion has an author, and an author is a person with a profile. */
export default [
  method(sessionSuggestionsList, async ({ params, caller, deps }) => {
    const { key } = await mustBeThere(deps, params);
    const suggestions = [...(await deps.sessions.suggestions.pending(key))];
    return { role: deps.sessions.sharingRole(caller), suggestions };
  }),
  method(sessionSuggestionsAdd, async ({ params, caller, deps }) => {
    const { key } = await mustBeThere(deps, params);
    const person = await deps.owner.of(caller);
    if (person === undefined) throw invalidRequest("identified suggestion author required");
    return { suggestion: await deps.sessions.suggestions.add(key, person.id, params.text) };
  }),
  method(sessionSuggestionsResolve, async ({ params, caller, deps }) => {
    const { key } = await mustBeThere(deps, params);
    const { id, resolution } = params;
    const state = resolution === "dismiss" ? "dismissed" : "accepted";
    const suggestion = await deps.sessions.suggestions.resolve(key, id, state);
    // With `edit` the client puts the text where it can be changed before it is sent.
    if (resolution === "send" || resolution === "queue") await say(deps, caller, suggestion, resolution);
    return { suggestion };
  }),
  method(sessionDiscussionInfo, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { state: "none" };
  }),
  method(sessionDiscussionOpen, ({ params, deps }) => {
    deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { state: "none" };
  }),
] satisfies Method[];

/** What was suggested is said by whoever took it. */
async function say(deps: Deps, caller: Caller, suggestion: Suggestion, how: "send" | "queue"): Promise<void> {
  const { id, sessionKey, agentId, text } = suggestion;
  const sender = await deps.owner.senderOf(caller);
  await deps.sessions.mustBeOpen(sessionKey);
  await deps.runs.start({
    runId: `session-suggestion:${id}`,
    kind: "chat",
    sessionKey,
    agentId,
    message: text,
    acceptedAt: deps.clock.now(),
    client: { id: caller.client.id, mode: caller.client.mode },
    isOwner: caller.scopes.includes("operator.admin"),
    ...(sender === undefined ? {} : { sender }),
    ...(how === "queue" ? { queueMode: "followup" } : {}),
  });
}
