import {
  sessionDiscussionInfo,
  sessionDiscussionOpen,
  sessionSuggestionsAdd,
  sessionSuggestionsList,
  sessionSuggestionsResolve,
} from "../../../schemas/methods/session/suggestions.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";
import { mustBeThere } from "./sharing.ts";

/** A suggestion has an author, and an author is a person with a profile: there are none. */
export default [
  method(sessionSuggestionsList, async ({ params, caller, deps }) => {
    await mustBeThere(deps, params);
    return { role: deps.sessions.sharingRole(caller), suggestions: [] };
  }),
  method(sessionSuggestionsAdd, async ({ params, deps }) => {
    await mustBeThere(deps, params);
    throw invalidRequest("identified suggestion author required");
  }),
  method(sessionSuggestionsResolve, async ({ params, deps }) => {
    await mustBeThere(deps, params);
    throw invalidRequest("pending suggestion not found");
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
