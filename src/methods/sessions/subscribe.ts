import {
  sessionsMessagesSubscribe,
  sessionsMessagesUnsubscribe,
  sessionsSubscribe,
  sessionsViewersSet,
} from "../../../schemas/methods/sessions/subscribe.ts";
import { messagesTopic, SESSIONS_TOPIC } from "../../domain/sessions/index.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsSubscribe, async ({ params, caller, deps }) => {
    // First the subscription: what changes while the list is read must not fall between the two.
    caller.topics.add(SESSIONS_TOPIC);
    if (Object.keys(params).length === 0) return { subscribed: true as const };
    return { subscribed: true as const, list: await deps.sessions.listing.list(params, caller) };
  }),
  method(sessionsMessagesSubscribe, ({ params, caller, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    caller.topics.add(messagesTopic(key));
    return { subscribed: true as const, key };
  }),
  method(sessionsMessagesUnsubscribe, ({ params, caller, deps }) => {
    const key = deps.sessions.keyFor(params.key, params.agentId);
    caller.topics.delete(messagesTopic(key));
    return { subscribed: false as const, key };
  }),
  method(sessionsViewersSet, ({ params, deps }) => {
    // Viewers are shown to each other when they are people with profiles; connections without one are not counted.
    return { sessionKeys: params.sessionKeys.map((key) => deps.sessions.keyFor(key, params.agentId)) };
  }),
] satisfies Method[];
